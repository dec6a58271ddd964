import type { WireHandler } from '../wire.ts';

const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/**
 * A `fetch` that reaches a fake in the same process, without sockets. Give it to clients as `clientOptions.fetch`;
 * every address leads to the fake.
 */
export const createInProcessFetch =
  (handler: WireHandler): typeof globalThis.fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const bytes = new Uint8Array(await request.arrayBuffer());
    const answer = await handler({
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(request.headers),
      body: new TextDecoder().decode(bytes),
      bytes,
    });
    if (answer === 'hang') return never(request.signal);
    if (answer === 'reset') throw new TypeError('fetch failed');
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
