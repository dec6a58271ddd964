import { describe, expect, it } from 'vitest';
import { failureOf, isAboutZone, normalised } from '../../../providers/ultradns/failures.ts';

const answer = (status: number, body: unknown) => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('what UltraDNS says no with', () => {
  it.each([
    ['a list', [{ errorCode: 70002, errorMessage: 'Data not found.' }], 'not-found', 'Data not found. (error 70002)'],
    ['an object', { errorCode: 2111, errorMessage: 'It exists.' }, 'conflict', 'It exists. (error 2111)'],
    ['OAuth', { error: 'invalid_grant', error_description: 'No such token.' }, undefined, 'No such token.'],
    ['OAuth without a description', { error: 'invalid_grant' }, undefined, 'invalid_grant'],
    ['a deadlock', [{ errorCode: 32000 }], 'busy', 'no reason given (error 32000)'],
    [
      'a user that was locked',
      { errorCode: 60013, errorMessage: 'Blacklisted.' },
      'unauthorised',
      'Blacklisted. (error 60013)',
    ],
    ['a code of its own', [{ errorCode: 110015, errorMessage: 'Even.' }], undefined, 'Even. (error 110015)'],
  ])('is read as %s', (_, body, kind, message) => {
    expect(failureOf(answer(400, body))).toEqual(kind === undefined ? { message } : { kind, message });
  });

  it.each(['<html>', '', '[]', '{}', 'null'])('is left to the status when it is %s', (body) => {
    expect(failureOf(answer(400, body))).toBe(null);
  });

  it('tells a missing zone from a missing record', () => {
    const [zone, record] = [[{ errorCode: 1801 }], [{ errorCode: 70002 }]].map((body) =>
      isAboutZone(answer(404, body)),
    );

    expect([zone, record]).toEqual([true, false]);
  });

  it.each([
    ['an expired token', 400, 60001, 401],
    ['too many requests', 400, 340001, 429],
    ['a system error', 400, 9999, 500],
    ['anything else', 400, 53005, 400],
  ])('has the status that its code means: %s', (_, status, errorCode, then) => {
    expect(normalised(answer(status, [{ errorCode }])).status).toBe(then);
  });

  it('is never looked for in an answer that is good', () => {
    expect(normalised(answer(200, [{ errorCode: 60001 }])).status).toBe(200);
  });
});
