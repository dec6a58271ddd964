import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base32, type CodeQuestion, checkCode, type HmacSha1, oneTimeCode } from '../../src/access/totp.ts';

const hmac: HmacSha1 = (key, message) => createHmac('sha1', key).update(message).digest();

/** The secret of RFC 6238, appendix B: the ASCII text 12345678901234567890. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

const question = (over: Partial<CodeQuestion>): CodeQuestion => ({
  secret: SECRET,
  code: '',
  now: 1_111_111_109_000,
  lastCounter: null,
  hmac,
  ...over,
});

describe('one-time codes', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('agree with RFC 6238 at second %i', (second, expected) => {
    const code = oneTimeCode(base32(SECRET) ?? new Uint8Array(), Math.floor(second / 30), hmac);

    expect(code).toBe(expected);
  });

  it('are accepted in their step and one step either way, spaces or not', () => {
    const answers = [-60_000, -30_000, 0, 30_000, 60_000].map(
      (drift) => checkCode(question({ code: '081 804', now: 1_111_111_109_000 + drift })).ok,
    );

    expect(answers).toEqual([false, true, true, true, false]);
  });

  it('rule 12: work once', () => {
    const first = checkCode(question({ code: '081804' }));
    const lastCounter = first.ok ? first.counter : null;

    const again = checkCode(question({ code: '081804', lastCounter }));

    expect(first.ok).toBe(true);
    expect(again).toEqual({ ok: false, because: 'used' });
  });

  it('rule 12: are refused when wrong, however they look', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (code) => {
        const answer = checkCode(question({ code }));

        expect(answer.ok).toBe(false);
      }),
    );
  });

  it.each(['', 'GEZDGNBV', 'not base 32!', '1890'])('rule 12: with the secret "%s" no code is good', (secret) => {
    const answer = checkCode(question({ secret, code: '081804' }));

    expect(answer).toEqual({ ok: false, because: 'bad-secret' });
  });

  it('read secrets as authenticator apps show them', () => {
    const plain = base32(SECRET);
    const shown = base32('gezd gnbv gy3t qojq gezd gnbv gy3t qojq====');

    expect(shown).toEqual(plain);
  });
});
