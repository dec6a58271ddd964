import { describe, expect, it } from 'vitest';
import { encodeRequest, OPCODE } from '../../../providers/dns-wire/message.ts';
import { signed, type TsigAlgorithm, tsigSecret, verifierOf } from '../../../providers/dns-wire/tsig.ts';
import { TYPE } from '../../../providers/dns-wire/types.ts';
import { createFakeDns } from '../../../providers/fake-kit/dns/server.ts';
import { addressHex } from '../../contracts/steering/rfc2136-world.ts';

const NOW_SECONDS = 1_800_000_000;
const SECRET = Buffer.from('a secret of thirty-two bytes 123');

/** A server with its own reading of the RFC, and a transfer of many messages. */
const arrange = (algorithm: TsigAlgorithm = 'hmac-sha256', serverSeconds = NOW_SECONDS) => {
  const server = createFakeDns({ now: () => serverSeconds * 1000, propagationMs: 0 });
  server.setKeys([{ name: 'steer', algorithm, secret: SECRET }]);
  const sets = Array.from({ length: 400 }, (_, index) => ({
    name: `n${index}.example.com`,
    type: TYPE.A,
    ttl: 60,
    data: [addressHex('192.0.2.1')],
  }));
  server.addZone('example.com', sets);
  const ask = (type: number = TYPE.SOA, secret: Uint8Array = SECRET, name = 'Steer.') => {
    const key = { name, algorithm, secret };
    const { message, mac } = signed(
      encodeRequest({ id: 7, opcode: OPCODE.query, question: { name: 'example.com.', type } }),
      key,
      NOW_SECONDS,
    );
    return { answers: server.handle('primary', message), verifier: verifierOf(key, mac) };
  };
  return { ask };
};

const changedAt = (bytes: Uint8Array, at: number): Uint8Array => Uint8Array.from(bytes).with(at, (bytes[at] ?? 0) ^ 1);

describe('signatures', () => {
  it.each(['hmac-sha256', 'hmac-sha512'] as const)('by %s are good both ways', (algorithm) => {
    const { answers, verifier } = arrange(algorithm).ask();

    const verdict = verifier.verify(answers[0] ?? new Uint8Array(), NOW_SECONDS);

    expect(verdict).toMatchObject({ verdict: 'good', message: { rcode: 0, additional: [] } });
  });

  it('of a transfer are tied to each other, message by message', () => {
    const { answers, verifier } = arrange().ask(TYPE.AXFR);

    const verdicts = answers.map((answer) => verifier.verify(answer, NOW_SECONDS).verdict);

    expect(verdicts.length).toBeGreaterThan(5);
    expect(new Set(verdicts)).toEqual(new Set(['good']));
  });

  it('of a transfer with a message left out are bad from there on', () => {
    const { answers, verifier } = arrange().ask(TYPE.AXFR);

    const verdicts = answers
      .filter((_, index) => index !== 2)
      .map((answer) => verifier.verify(answer, NOW_SECONDS).verdict);

    expect(verdicts.slice(0, 3)).toEqual(['good', 'good', 'bad']);
  });

  it('are bad once any byte of the answer is another', () => {
    const { answers } = arrange().ask();
    const [answer = new Uint8Array()] = answers;
    for (let at = 2; at < answer.length; at += 1) {
      const { verifier } = arrange().ask();
      let verdict = 'malformed';
      try {
        ({ verdict } = verifier.verify(changedAt(answer, at), NOW_SECONDS));
      } catch {
        verdict = 'malformed';
      }
      expect(verdict).not.toBe('good');
    }
  });

  it('are missing where somebody has cut them off', () => {
    const { answers, verifier } = arrange().ask();
    const [answer = new Uint8Array()] = answers;
    const plain = createFakeDns({ now: () => 0, propagationMs: 0 });
    plain.addZone('example.com');
    const unsigned = plain.handle(
      'primary',
      encodeRequest({ id: 7, opcode: OPCODE.query, question: { name: 'example.com.', type: TYPE.SOA } }),
    );

    expect(answer.length).toBeGreaterThan(unsigned[0]?.length ?? 0);
    expect(verifier.verify(unsigned[0] ?? new Uint8Array(), NOW_SECONDS)).toMatchObject({ verdict: 'unsigned' });
  });

  it.each([
    ['BADSIG', 16, Buffer.from('another secret of this length 12'), 'steer.'],
    ['BADKEY', 17, SECRET, 'stranger.'],
  ])('that the server does not take are %s', (_, error, secret, name) => {
    const { answers, verifier } = arrange().ask(TYPE.SOA, secret, name);

    expect(verifier.verify(answers[0] ?? new Uint8Array(), NOW_SECONDS)).toEqual({
      verdict: 'refused',
      error,
      serverSeconds: null,
    });
  });

  it('are BADTIME where the clocks are far apart, and the server says its own', () => {
    const { answers, verifier } = arrange('hmac-sha256', NOW_SECONDS + 1000).ask();

    expect(verifier.verify(answers[0] ?? new Uint8Array(), NOW_SECONDS)).toEqual({
      verdict: 'refused',
      error: 18,
      serverSeconds: NOW_SECONDS + 1000,
    });
  });

  it('of an answer that is heard much later are not believed', () => {
    const { answers, verifier } = arrange().ask();

    expect(verifier.verify(answers[0] ?? new Uint8Array(), NOW_SECONDS + 301).verdict).toBe('bad');
  });

  it('need a secret in Base64, and say nothing of one that is none', () => {
    expect(tsigSecret('dns-1', ` ${SECRET.toString('base64')}\n`)).toEqual(SECRET);
    expect(() => tsigSecret('dns-1', 'hunter2!')).toThrow(/^provider dns-1: the TSIG secret is not Base64$/);
  });
});
