import type { WireRequest } from '../wire.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';

/** The arguments of a call as its body and its address carry them; null when the body is no JSON although it says so. */
export const argumentsOf = (request: WireRequest): JsonObject | null => {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    const parsed = parseJson(request.body);
    return isObject(parsed) ? { ...request.query, ...parsed } : null;
  }
  return { ...request.query, ...Object.fromEntries(new URLSearchParams(request.body)) };
};

const find = (bytes: Uint8Array, text: string, from: number): number => Buffer.from(bytes).indexOf(text, from);

/** The bytes of an upload: the body itself, or the one part of a form. */
export const uploadOf = (request: WireRequest): Uint8Array => {
  const bytes = request.bytes ?? new TextEncoder().encode(request.body);
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/.exec(request.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return bytes;
  const start = find(bytes, '\r\n\r\n', 0) + 4;
  const end = find(bytes, `\r\n--${boundary}`, start);
  return start < 4 || end < 0 ? new Uint8Array() : bytes.subarray(start, end);
};
