/** JSON as it stands on the wire. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface WorkspaceUser {
  /** `U…`. */
  readonly id: string;
  /** The workspace he belongs to: another one's for a stranger. */
  readonly teamId: string;
  readonly name: string;
  readonly realName: string;
  readonly isBot: boolean;
  readonly isRestricted: boolean;
  readonly isUltraRestricted: boolean;
  /** A member of another workspace, seen through a shared channel. */
  readonly isStranger: boolean;
  readonly deleted: boolean;
  /** IANA name. */
  readonly tz: string;
}

export interface WorkspaceChannel {
  /** `C…` for a channel, `D…` for a direct message with the bot. */
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** Shared with another organisation. */
  readonly isExtShared: boolean;
  /** Shared between workspaces of one organisation. */
  readonly isOrgShared: boolean;
  /** User ids, the bot's among them once it was invited. */
  readonly members: readonly string[];
}

export interface WorkspaceGroup {
  /** `S…`. */
  readonly id: string;
  readonly handle: string;
  readonly users: readonly string[];
}

export interface WorkspaceMessage {
  readonly channel: string;
  readonly ts: string;
  /** Of the message that began the thread; null at the top. */
  readonly threadTs: string | null;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  /** Shown in the channel as well, although it stands in a thread. */
  readonly isBroadcast: boolean;
  /** Who alone sees it; null for everybody. */
  readonly ephemeralTo: string | null;
  /** Milliseconds since 1970; null when it has no "edited" mark, which an update with blocks does not leave. */
  readonly editedAt: number | null;
  /** Its thread outlives a message that was deleted; what remains has no text, no blocks and no files. */
  readonly isDeleted: boolean;
  /** Whom it calls when it is posted: user ids, user group ids, `here`, `channel`, `everyone`. */
  readonly mentions: readonly string[];
  readonly files: readonly WorkspaceFile[];
}

export interface WorkspaceFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimeType: string;
  readonly size: number;
  readonly altText: string;
}

export interface WorkspaceView {
  /** `V…`. */
  readonly id: string;
  readonly hash: string;
  readonly type: 'modal' | 'home';
  readonly callbackId: string;
  readonly title: string;
  readonly submit: string | null;
  readonly close: string | null;
  readonly blocks: readonly Json[];
  readonly privateMetadata: string;
  /** Field errors of the last submission, by block id. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What a person who acts sees happen at once; everything else arrives as messages and views. */
export interface Acted {
  /** False when nothing went to the bot: Slack's own form refused the input, or nobody listens to such an event. */
  readonly isSent: boolean;
  /** Time from the act to the bot's acknowledgement, by the workspace's clock; null when none came within three seconds. */
  readonly acknowledgedMs: number | null;
  /** What Slack would show: `operation_timeout`, `dispatch_failed`, or null. */
  readonly problem: string | null;
}

/** Where a button stands: on a message, or in a view. */
export type Place = { readonly channel: string; readonly ts: string } | { readonly view: string };

/** What a person had filled in or chose when he clicked. */
export interface ClickDetails {
  /** The option of a menu or the options of checkboxes that he chose, by value. */
  readonly chosen?: string | readonly string[];
  /** What stands in the inputs of the view at that time. */
  readonly values?: InputValues;
}

/** A value of an input by block id: what a person typed, or the values of the options he chose or ticked. */
export type InputValues = Readonly<Record<string, string | readonly string[]>>;

/** What goes wrong next. Each fault ends by itself after `times`, or when it is lifted. The method `*` is any method. */
export interface WorkspaceFaults {
  /** Answers a Web API method with 429 so often, with this Retry-After. */
  rateLimit(method: string, times: number, retryAfterSeconds: number): void;
  /** Answers a method with `ok: false` and this error so often. */
  fail(method: string, times: number, error: string): void;
  /** Answers a method so late, so often. */
  slow(method: string, times: number, ms: number): void;
  /** Answers a method with an HTTP status such as 500 or 503 so often. */
  breakHttp(method: string, times: number, status: number): void;
  /** Every HTTP request fails and every socket is cut, until it is lifted. */
  outage(isOut: boolean): void;
  /** Sends `disconnect` with `refresh_requested` over one socket, as Slack does every few hours. */
  refresh(): void;
  /** Cuts every socket without a word. */
  dropSockets(): void;
  /** Delivers each of the next payloads twice, with the same envelope id. */
  duplicate(times: number): void;
  /** Holds back so many payloads and delivers them after the one that follows. */
  reorder(times: number): void;
  /** Lifts everything: an outage, and all that was still to come. */
  clear(): void;
}

/** One Slack workspace: strict towards the bot, and moved by the people in it. */
export interface Workspace {
  readonly teamId: string;
  readonly teamName: string;
  readonly appId: string;
  readonly botUserId: string;
  /** `/steer`. */
  readonly commandName: string;
  users(): readonly WorkspaceUser[];
  channels(): readonly WorkspaceChannel[];
  userGroups(): readonly WorkspaceGroup[];

  /** `/steer …` typed in a channel or direct message. */
  command(user: string, channel: string, text: string): Promise<Acted>;
  /**
   * A click on a button, a choice in an overflow menu. Confirm dialogs are the page's to ask: who clicks here has
   * confirmed. A button that the message no longer shows can be clicked too, as on a screen that is behind.
   */
  click(user: string, place: Place, actionId: string, blockId?: string, details?: ClickDetails): Promise<Acted>;
  /** Sends the topmost modal of a user. Field errors stand in the view afterwards. */
  submit(user: string, view: string, values: InputValues): Promise<Acted>;
  /** Closes the topmost modal. */
  close(user: string, view: string): Promise<void>;
  openHome(user: string): Promise<Acted>;
  /** Posts a person's own message; with the bot's mention in it the bot hears of it. */
  say(user: string, channel: string, text: string, threadTs?: string): Promise<Acted>;

  /** The direct message between a user and the bot. */
  direct(user: string): string;
  /** What a user sees in a channel: top-level messages and broadcasts, oldest first, his ephemerals among them. */
  messages(user: string, channel: string): readonly WorkspaceMessage[];
  thread(user: string, channel: string, ts: string): readonly WorkspaceMessage[];
  /** Open modals of a user, the topmost last. */
  modals(user: string): readonly WorkspaceView[];
  home(user: string): WorkspaceView | null;
  file(id: string): { readonly bytes: Uint8Array; readonly mimeType: string } | null;

  deleteMessage(channel: string, ts: string): void;
  archiveChannel(channel: string, isArchived: boolean): void;
  renameChannel(channel: string, name: string): void;
  addToChannel(channel: string, user: string): void;
  removeFromChannel(channel: string, user: string): void;
  setGroup(group: string, users: readonly string[]): void;

  readonly faults: WorkspaceFaults;
  /** Web API calls so far, by method, and how many were answered with an error. */
  calls(): Readonly<Record<string, { readonly ok: number; readonly failed: number }>>;
  /** Sockets that are open now. */
  sockets(): number;
  /** Called after anything that a person could see has changed; returns how to stop it. */
  subscribe(listener: () => void): () => void;
}
