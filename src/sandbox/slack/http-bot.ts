import type { WireHandler } from '../wire.ts';

/** The bot's end of signed delivery over loopback: hands requests to `http://127.0.0.1:PORT`. */
export const botAt =
  (origin: string): WireHandler =>
  async (request) => {
    try {
      const response = await fetch(`${origin}${request.path}`, {
        method: request.method,
        headers: request.headers,
        body: request.body,
      });
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
    } catch {
      return 'reset';
    }
  };
