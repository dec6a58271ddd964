import { createFakeDns, type FakeDns, type FakeDnsOptions, type FakeServer } from '../fake-kit/dns/server.ts';
import { CODE } from '../fake-kit/dns/zone.ts';
import { createFakeFaults, type FakeFaults } from '../fake-kit/faults.ts';
import type { FakeAnswer, FakeRequest } from '../fake-kit/wire.ts';

/** Answers travel through the faults as text: a code to be answered with, or the messages in Base64. */
const codeAnswer = (code: number) => ({ status: 200, headers: {}, body: `code:${code}` });

const kindOf = (message: Uint8Array): FakeRequest['method'] =>
  (((message[2] ?? 0) >> 3) & 15) === 5 ? 'UPDATE' : 'QUERY';

export interface Rfc2136Fake {
  readonly dns: FakeDns;
  readonly faults: FakeFaults;
  /** The messages of the answer, or what became of the connection. */
  handle(server: FakeServer, message: Uint8Array): Promise<readonly Uint8Array[] | 'hang' | 'reset'>;
}

/** A primary that takes signed updates, and a secondary behind it, with faults on demand. A pure function of messages and a clock. */
export const createRfc2136Fake = (options: FakeDnsOptions): Rfc2136Fake => {
  const dns = createFakeDns(options);
  const failing = codeAnswer(CODE.servFail);
  // The protocol has no word for "too often", nor for "not now": only a failure.
  const faults = createFakeFaults({
    answers: { throttled: failing, busy: failing, unavailable: failing, expired: codeAnswer(CODE.refused) },
  });

  const packed = (messages: readonly Uint8Array[]): FakeAnswer => ({
    status: 200,
    headers: {},
    body: messages.map((message) => Buffer.from(message).toString('base64')).join(' '),
  });

  const unpacked = (server: FakeServer, message: Uint8Array, body: string): readonly Uint8Array[] => {
    const [, code] = /^code:(\d+)$/.exec(body) ?? [];
    if (code !== undefined) return dns.handle(server, message, Number(code));
    if (!/^[A-Za-z0-9+/= ]*$/.test(body)) return [Buffer.from(body)];
    return body.split(' ').map((part) => Buffer.from(part, 'base64'));
  };

  return {
    dns,
    faults,
    async handle(server, message) {
      const request = { method: kindOf(message), path: server, query: {}, headers: {}, body: '' };
      const answer = await faults.around(request, async () => packed(dns.handle(server, message)));
      return typeof answer === 'string' ? answer : unpacked(server, message, answer.body);
    },
  };
};
