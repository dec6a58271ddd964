import type { Json } from '../../slack/types.ts';
import type { Act, Looking, WorkspaceShown, WorldShown } from '../types.ts';

/** A question that a button asks before it acts. */
export interface Question {
  /** Block Kit's confirmation dialog. */
  readonly confirm: Json;
  readonly act: Act;
}

/** All that the page shows; everything but the first two is this browser's own. */
export interface PageState {
  /** Null until the server has told. */
  readonly workspace: WorkspaceShown | null;
  readonly world: WorldShown | null;
  readonly looking: Looking;
  /** The Home tab of the app is open in place of a conversation. */
  readonly isHome: boolean;
  /** On a narrow screen one of the two is seen. */
  readonly pane: 'workspace' | 'picture';
  /** What stands in the composer of the channel. */
  readonly draft: string;
  /** Which of the commands offered is chosen by the arrow keys; -1 for none. */
  readonly hint: number;
  readonly question: Question | null;
  /** A sentence about the last act that went wrong. */
  readonly problem: string | null;
  /** Forms and buttons that wait for an answer, by their id. */
  readonly busy: ReadonlySet<string>;
  /** Newest message that was seen, by channel. */
  readonly seen: Readonly<Record<string, string>>;
  /** The stream from the server is open. */
  readonly isConnected: boolean;
  readonly nowMs: number;
}
