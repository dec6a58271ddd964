import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../providers/route53/failures.ts';
import type { WireAnswer } from '../../../src/sandbox/wire.ts';
import { kindOf, never } from '../../contracts/steering/world.ts';
import { apiOver } from './wire.ts';

const NAMESPACE = 'https://route53.amazonaws.com/doc/2013-04-01/';

const xml = (status: number, code: string, message = 'as told'): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0"?><ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});

const page = (status: number, body: string): WireAnswer => ({ status, headers: {}, body });

const write = (answer: WireAnswer): Promise<string> =>
  kindOf(apiOver(async () => answer).api.change('Z1', [], 'run_1 step 1', never()));

const read = (answer: WireAnswer): Promise<string> =>
  kindOf(apiOver(async () => answer).api.listRecords('Z1', { name: 'a.', type: 'A', identifier: null }, never()));

describe('what goes wrong at Route 53', () => {
  it.each([
    ['InvalidChangeBatch', 400, 'conflict', 'conflict'],
    ['PriorRequestNotComplete', 400, 'busy', 'busy'],
    ['Throttling', 400, 'throttled', 'throttled'],
    ['ThrottlingException', 400, 'throttled', 'throttled'],
    ['SomethingNew', 429, 'throttled', 'throttled'],
    ['AccessDenied', 403, 'unauthorised', 'unauthorised'],
    ['ExpiredToken', 403, 'unauthorised', 'unauthorised'],
    ['SomethingNew', 403, 'unauthorised', 'unauthorised'],
    ['SignatureDoesNotMatch', 403, 'unauthorised', 'unauthorised'],
    ['NoSuchHostedZone', 404, 'not-found', 'not-found'],
    ['NoSuchHealthCheck', 404, 'rejected', 'rejected'],
    ['InvalidInput', 400, 'rejected', 'rejected'],
    ['SomethingNew', 400, 'rejected', 'rejected'],
    ['ServiceUnavailable', 503, 'unknown-outcome', 'unavailable'],
    ['InternalFailure', 500, 'unknown-outcome', 'unavailable'],
    ['InvalidChangeBatch', 502, 'unknown-outcome', 'unavailable'],
  ])('%s with HTTP %i is %s for a write and %s for a read', async (code, status, forWrite, forRead) => {
    const answer = xml(status, code);

    const kinds = [await write(answer), await read(answer)];

    expect(kinds).toEqual([forWrite, forRead]);
  });

  it.each([
    ['a page of HTML that looks like XML', 200, '<html><body>sign in</body></html>', 'unreadable'],
    ['a page of HTML that does not', 200, '<html><body>sign in', 'unreadable'],
    ['nothing at all', 200, '', 'unreadable'],
    ['plain text', 200, 'hello', 'unreadable'],
    ['HTML from a gateway', 502, '<html><body>bad gateway', 'unavailable'],
    ['nothing at all', 503, '', 'unavailable'],
  ])('rule 4: %s with HTTP %i is an unknown outcome for a write', async (_, status, body, forRead) => {
    const kinds = [await write(page(status, body)), await read(page(status, body))];

    expect(kinds).toEqual(['unknown-outcome', forRead]);
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('a write that met %s was never sent', (code) => {
    const cause = Object.assign(new Error('as told'), { code });

    expect(failureOf(cause, 'ChangeResourceRecordSets', 'write').kind).toBe('unavailable');
  });

  it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE'])('rule 4: a write that met %s may have landed', (code) => {
    const cause = Object.assign(new Error('as told'), { name: 'TimeoutError', code });

    expect(failureOf(cause, 'ChangeResourceRecordSets', 'write').kind).toBe('unknown-outcome');
  });

  it('a caller without credentials is unauthorised before anything is sent', () => {
    const cause = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });

    expect(failureOf(cause, 'ChangeResourceRecordSets', 'write').kind).toBe('unauthorised');
  });

  it.each([undefined, null, 'text', 7])('even %s thrown has a kind and a sentence', (thrown) => {
    const failure = failureOf(thrown, 'Route 53 GetChange', 'read');

    expect(failure.kind).toBe('unavailable');
    expect(failure.message).toBe('Route 53 GetChange: failed without a reason');
  });

  it('keeps what the vendor said, and never decides by it', async () => {
    const answer = xml(400, 'InvalidInput', 'Rate exceeded');
    const { api } = apiOver(async () => answer);

    const failure: unknown = await api.change('Z1', [], 'c', never()).catch((thrown: unknown) => thrown);

    expect(failure).toMatchObject({ kind: 'rejected', message: expect.stringContaining('Rate exceeded') });
  });

  it('a page that says that more follow but not where is unreadable', async () => {
    const body = `<ListResourceRecordSetsResponse xmlns="${NAMESPACE}"><ResourceRecordSets></ResourceRecordSets><IsTruncated>true</IsTruncated><MaxItems>300</MaxItems></ListResourceRecordSetsResponse>`;

    expect(await read(page(200, body))).toBe('unreadable');
  });

  it('counts every call with its outcome', async () => {
    const { api, calls } = apiOver(async () => xml(400, 'Throttling'));

    await kindOf(api.change('Z1', [], 'c', never()));

    expect(calls).toEqual([
      { vendor: 'route53', action: 'ChangeResourceRecordSets', zone: 'Z1', outcome: 'throttled', tookMs: 0 },
    ]);
  });
});
