import { z } from 'zod';
import { CloudWatchError } from './errors.ts';

/** FNV-1a: enough to notice that a token is used with another request than the one it was made for. */
const digest = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16);
};

const contents = z.strictObject({ offset: z.int().min(0), asOfMs: z.number(), digest: z.string() });

/** A token says where to go on, and at which instant the first page was read, so that pages do not shift. */
export const encodePageToken = (request: object, offset: number, asOfMs: number): string =>
  Buffer.from(JSON.stringify({ offset, asOfMs, digest: digest(JSON.stringify(request)) })).toString('base64url');

const decode = (token: string): unknown => {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Where to go on, or InvalidNextToken when the token is damaged or was made for another request. */
export const decodePageToken = (request: object, token: string): { offset: number; asOfMs: number } => {
  const parsed = contents.safeParse(decode(token));
  if (!parsed.success || parsed.data.digest !== digest(JSON.stringify(request)))
    throw new CloudWatchError('invalid-next-token', 'The token was not made by this server for this request.');
  return { offset: parsed.data.offset, asOfMs: parsed.data.asOfMs };
};
