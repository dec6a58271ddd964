import type { FakeHandler } from '../../providers/fake-kit/wire.ts';
import type { HttpTransport } from '../../providers/http.ts';

/** A fake as the transport of a provider, in this process: no socket, and a hanging answer ends only with the signal. */
export const transportTo =
  (handle: FakeHandler): HttpTransport =>
  async ({ method, url, headers, body }, signal) => {
    signal.throwIfAborted();
    const { pathname, searchParams } = new URL(url);
    const answer = await handle({
      method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers,
      body: body ?? '',
    });
    if (answer === 'reset') throw new Error('socket hang up');
    if (answer !== 'hang') return answer;
    return new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  };
