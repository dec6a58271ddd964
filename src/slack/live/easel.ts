import { type PaintFiles, paintInThread } from './painter.ts';
import type { Easel } from './pictures.ts';

export interface EaselParts {
  readonly files: PaintFiles;
  readonly fetch: typeof globalThis.fetch;
  /** Null for Slack's own; else uploads go to its host alone. */
  readonly endpoint: string | null;
}

const UPLOAD_MS = 10_000;

const isSlacks = (address: string, endpoint: string | null): boolean => {
  const url = URL.parse(address);
  if (url === null) return false;
  if (endpoint !== null) return url.host === URL.parse(endpoint)?.host;
  return url.protocol === 'https:' && /(^|\.)slack\.com$/.test(url.hostname);
};

/** Draws with the files of the packages, and uploads where Slack says, as long as that is Slack. */
export const slackEasel = ({ files, fetch, endpoint }: EaselParts): Easel => ({
  paint: (events, asOf) => paintInThread(files, events, asOf),
  upload: async (address, bytes) => {
    if (!isSlacks(address, endpoint)) throw new TypeError('the address of an upload is not one of Slack');
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
      redirect: 'error',
      signal: AbortSignal.timeout(UPLOAD_MS),
    });
    if (!answer.ok) throw new Error(`an upload was answered with ${answer.status}`);
  },
});
