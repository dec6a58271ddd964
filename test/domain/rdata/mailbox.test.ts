import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailOf, mailboxOf } from '../../../src/domain/rdata/mailbox.ts';

describe('mailboxOf and emailOf', () => {
  it.each([
    ['hostmaster@example.com', 'hostmaster.example.com.'],
    ['first.last@example.com', 'first\\.last.example.com.'],
    ['a+b@example.com', 'a+b.example.com.'],
    ['a\\b@example.com', 'a\\\\b.example.com.'],
  ])('write %s as %s, and back', (email, mailbox) => {
    expect(mailboxOf(email)).toEqual({ ok: true, value: mailbox });
    expect(emailOf(mailbox)).toBe(email);
  });

  it.each(['hostmaster', '@example.com', 'hostmaster@', 'a b@example.com', 'a@b..c'])('refuse %s', (email) => {
    expect(mailboxOf(email)).toMatchObject({ ok: false, because: expect.stringContaining('is no mail address') });
  });

  it('read their own answers back', () => {
    const local = fc.string({ unit: fc.constantFrom(...'abc.-+_\\'), minLength: 1, maxLength: 20 });

    fc.assert(
      fc.property(local, (name) => {
        const mailbox = mailboxOf(`${name}@example.com`);
        if (!mailbox.ok) throw new Error(mailbox.because);
        expect(emailOf(mailbox.value)).toBe(`${name}@example.com`);
      }),
    );
  });
});
