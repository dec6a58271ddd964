import type { KnownBlock } from '@slack/types';

/** What a message shows. Without `blocks` the text is all there is. */
export type Content = { readonly text: string } | { readonly text: string; readonly blocks: KnownBlock[] };

/** Nothing in a text becomes a link, a mention or a picture; `chat.update` would otherwise look for them by default. */
interface Quiet {
  readonly channel: string;
  readonly parse: 'none';
  readonly link_names: false;
}

export type Reply =
  | { readonly reply_broadcast: false }
  | { readonly thread_ts: string; readonly reply_broadcast: boolean };

export type PostArguments = Quiet & Content & Reply & { readonly unfurl_links: false; readonly unfurl_media: false };

export type UpdateArguments = Quiet & Content & { readonly ts: string };

/** The few methods of a `WebClient` that live messages need. Failures are those of @slack/web-api. */
export interface SlackPort {
  readonly chat: {
    postMessage(message: PostArguments): Promise<{ readonly channel?: string; readonly ts?: string }>;
    update(message: UpdateArguments): Promise<unknown>;
  };
  readonly files: {
    getUploadURLExternal(file: {
      readonly filename: string;
      readonly length: number;
      readonly alt_text: string;
    }): Promise<{ readonly upload_url?: string; readonly file_id?: string }>;
    completeUploadExternal(upload: {
      readonly files: [{ id: string; title: string }];
      readonly channel_id: string;
      readonly thread_ts: string;
    }): Promise<unknown>;
  };
}

export const QUIET = { parse: 'none', link_names: false } as const;
export const QUIET_POST = { ...QUIET, unfurl_links: false, unfurl_media: false } as const;
