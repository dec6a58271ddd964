import type { Acted, ClickDetails, InputValues, Place, WorkspaceMessage, WorkspaceView } from '../slack/types.ts';

/** Somebody whom the page lets its reader act as. */
export interface PersonShown {
  readonly id: string;
  readonly name: string;
  /** What steer lets him do, or why it does not know him: `operator`, `guest` … */
  readonly standing: string;
}

export interface ChannelShown {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'direct';
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** Shared with another organisation. */
  readonly isShared: boolean;
  /** `ts` of the newest message; null while there is none. */
  readonly latest: string | null;
}

export interface MessageShown extends WorkspaceMessage {
  /** Answers in its thread. */
  readonly replies: number;
}

/** Names of what a text may mention, by id. */
export interface Names {
  readonly users: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, string>>;
}

/** One verb of the command, for whoever types a slash. */
export interface CommandHint {
  /** `evacuate REGION [--to REGION]`. */
  readonly usage: string;
  readonly about: string;
}

/** Which part of the workspace a browser looks at. */
export interface Looking {
  readonly as: string;
  /** A channel's id. */
  readonly channel: string;
  /** `ts` of the message whose thread is open; null for none. */
  readonly thread: string | null;
}

/** The workspace as one person sees it. */
export interface WorkspaceShown {
  readonly team: string;
  readonly commandName: string;
  /** User id of the bot. */
  readonly bot: string;
  readonly hints: readonly CommandHint[];
  readonly me: string;
  /** IANA name of the time zone of the person who looks. */
  readonly tz: string;
  readonly people: readonly PersonShown[];
  readonly names: Names;
  readonly channels: readonly ChannelShown[];
  readonly channel: string;
  readonly messages: readonly MessageShown[];
  readonly thread: { readonly ts: string; readonly messages: readonly WorkspaceMessage[] } | null;
  /** The topmost last. */
  readonly modals: readonly WorkspaceView[];
  readonly home: WorkspaceView | null;
  /** Connections of the bot that are open now. */
  readonly sockets: number;
}

/** One region in the picture; shares are parts of 1. */
export interface RegionShown {
  readonly region: string;
  readonly home: number;
  /** What the records say now, over all services. */
  readonly configured: number;
  /** Of the answers given in the last seconds. */
  readonly answered: number;
  /** Where users are being served. */
  readonly traffic: number;
  /** Of the busiest service; parts of its running capacity. */
  readonly utilisation: number;
}

export interface AnswerShown {
  readonly atMs: number;
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly region: string;
}

/** Something that the reader may break, and mend again. */
export interface SwitchShown {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** What it does, in a sentence. */
  readonly about: string;
  /** A press happens once and ends by itself. */
  readonly kind: 'toggle' | 'press';
  readonly isOn: boolean;
}

/** What the picture beside the workspace shows. */
export interface WorldShown {
  readonly atMs: number;
  readonly regions: readonly RegionShown[];
  /** Beyond it nothing is moved into a region; parts of 1. */
  readonly utilisationLimit: number;
  readonly answers: {
    readonly seconds: number;
    readonly counts: Readonly<Record<string, number>>;
    /** The newest first. */
    readonly latest: readonly AnswerShown[];
  };
  readonly switches: readonly SwitchShown[];
}

/** One point of the line of traffic: parts of 1 by region. */
export interface TrafficPoint {
  readonly atMs: number;
  readonly traffic: Readonly<Record<string, number>>;
}

/** What a reader does. */
export type Act =
  | {
      readonly kind: 'type';
      readonly as: string;
      readonly channel: string;
      readonly thread: string | null;
      readonly text: string;
    }
  | {
      readonly kind: 'click';
      readonly as: string;
      readonly place: Place;
      readonly actionId: string;
      readonly blockId: string;
      readonly details: ClickDetails;
    }
  | { readonly kind: 'submit'; readonly as: string; readonly view: string; readonly values: InputValues }
  | { readonly kind: 'close'; readonly as: string; readonly view: string }
  | { readonly kind: 'home'; readonly as: string }
  | { readonly kind: 'switch'; readonly id: string; readonly isOn: boolean };

/** What came of an act at once; the rest comes over the stream. */
export interface ActOutcome {
  /** A sentence to show to the reader; null when all went well. */
  readonly problem: string | null;
  readonly acted: Acted | null;
}
