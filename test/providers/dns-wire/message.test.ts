import packet from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedDns } from '../../../providers/dns-wire/bytes.ts';
import { parseChangeId } from '../../../providers/dns-wire/change-id.ts';
import { decodeMessage, encodeRequest, OPCODE } from '../../../providers/dns-wire/message.ts';
import { hasReached, nextSerial } from '../../../providers/dns-wire/serial.ts';
import { CLASS, TYPE } from '../../../providers/dns-wire/types.ts';

const question = { name: 'example.com.', type: TYPE.SOA };
const record = (name: string) => ({
  name,
  type: TYPE.A,
  class: CLASS.IN,
  ttlSeconds: 60,
  data: Uint8Array.of(192, 0, 2, 1),
});

describe('messages', () => {
  it('are what another library reads', () => {
    const bytes = encodeRequest({
      id: 7,
      opcode: OPCODE.update,
      question,
      answers: [record('www.example.com.')],
      authority: [record('example.com.'), record('www.example.org.')],
    });

    const read = packet.decode(Buffer.from(bytes));

    expect(read).toMatchObject({ id: 7, questions: [{ name: 'example.com', type: 'SOA' }] });
    expect(read.answers).toMatchObject([{ name: 'www.example.com', type: 'A', data: '192.0.2.1' }]);
    expect(read.authorities).toMatchObject([{ name: 'example.com' }, { name: 'www.example.org' }]);
  });

  it('name the zone once', () => {
    const size = (name: string): number =>
      encodeRequest({ id: 1, opcode: 0, question, answers: [record(name)] }).length;

    expect(size('www.example.org.') - size('www.example.com.')).toBe('example.com.'.length + 1 - 2);
    // A label may end in the same letters.
    expect(
      decodeMessage(encodeRequest({ id: 1, opcode: 0, question, answers: [record('notexample.com.')] })).message
        .answers[0]?.name,
    ).toBe('notexample.com.');
  });

  it('of another library are read, pointers and all', () => {
    const bytes = packet.encode({
      type: 'response',
      id: 9,
      flags: packet.AUTHORITATIVE_ANSWER,
      questions: [{ type: 'MX', name: 'example.com' }],
      answers: [{ type: 'MX', name: 'example.com', ttl: 300, data: { preference: 10, exchange: 'mail.example.com' } }],
    });

    const { message } = decodeMessage(bytes);

    expect(message).toMatchObject({ id: 9, isAnswer: true, isAuthoritative: true, rcode: 0 });
    expect(message.answers).toMatchObject([{ name: 'example.com.', type: TYPE.MX, ttlSeconds: 300 }]);
  });

  it('that are cut short or made up are malformed, whatever they are', () => {
    const whole = encodeRequest({ id: 7, opcode: OPCODE.update, question, answers: [record('www.example.com.')] });
    for (let length = 0; length < whole.length; length += 1)
      expect(() => decodeMessage(whole.subarray(0, length))).toThrow(MalformedDns);

    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          decodeMessage(bytes);
        } catch (failure) {
          expect(failure).toBeInstanceOf(MalformedDns);
        }
      }),
    );
  });
});

describe('serials', () => {
  it('go round: the next of the last is 0, and it has reached the last', () => {
    expect(nextSerial(2 ** 32 - 1)).toBe(0);
    expect(hasReached(0, 2 ** 32 - 1)).toBe(true);
    expect(hasReached(2 ** 32 - 1, 0)).toBe(false);
  });

  it('reach every serial less than half a circle behind', () => {
    const serial = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(serial, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (from, steps) => {
        const later = (from + steps) % 2 ** 32;
        expect([hasReached(later, from), hasReached(from, later)]).toEqual([true, false]);
      }),
    );
  });

  it.each(['', 'example.com.', 'example.com#1', 'example.com.#4294967296', 'example.com.#01', 'a b.#1'])(
    'in "%s" are those of no change',
    (id) => {
      expect(parseChangeId(id)).toBeNull();
    },
  );
});
