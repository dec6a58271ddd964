import type { KnownBlock } from '@slack/types';

/** A message, complete in `text` alone: notifications, screen readers and old clients read nothing else. */
export interface Rendered {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** A modal or the App Home, without its ids. */
export interface RenderedView {
  /** At most 24 characters; longer names are shortened here and stand in the blocks as a whole. */
  readonly title: string;
  readonly callbackId: string;
  readonly submit: string | null;
  readonly close: string | null;
  readonly blocks: readonly KnownBlock[];
}
