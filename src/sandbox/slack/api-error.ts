import type { JsonObject } from './json.ts';

/** A method's refusal, answered as `{ "ok": false, "error": code, … }` with HTTP 200, as Slack does. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: JsonObject;

  constructor(code: string, details: JsonObject = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }
}

/** `invalid_arguments` and the like with the sentences that Slack puts beside them. */
export const argumentError = (messages: readonly string[], code = 'invalid_arguments'): ApiError =>
  new ApiError(code, { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } });
