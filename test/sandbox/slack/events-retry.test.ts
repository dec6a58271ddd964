import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import type { WireAnswer, WireRequest } from '../../../src/sandbox/wire.ts';
import { settle } from '../../support/manual-clock.ts';
import { virtual } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';

/** A bot that gives challenges back and answers everything else as it is told. */
const botThat = (answer: () => WireAnswer) => {
  const requests: WireRequest[] = [];
  const handle = async (request: WireRequest): Promise<WireAnswer> => {
    const challenge: unknown = request.body.startsWith('{') ? JSON.parse(request.body).challenge : null;
    if (typeof challenge === 'string') return { status: 200, headers: {}, body: challenge };
    requests.push(request);
    return answer();
  };
  return { requests, handle };
};

const retriesOf = (requests: readonly WireRequest[]) =>
  requests.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);

describe('retries of events', () => {
  it('come at once, after a minute and after five more, with the number and the reason, and then end', async () => {
    const { clock, options } = virtual();
    const workspace = createWorkspace(options);
    const { requests, handle } = botThat(() => ({ status: 500, headers: {}, body: '' }));
    await workspace.useHttp(handle);

    const acted = await workspace.openHome(OPERATOR);
    await clock.advance(1);
    const atOnce = requests.length;
    await clock.advance(60_000);
    const afterMinute = requests.length;
    await clock.advance(300_000);
    await clock.advance(3_600_000);

    expect(acted.problem).toBe('dispatch_failed');
    expect([atOnce, afterMinute]).toEqual([2, 3]);
    expect(retriesOf(requests)).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(new Set(requests.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
  });

  it('say that the first try took too long, and stop once one was answered', async () => {
    const { clock, options } = virtual();
    const workspace = createWorkspace(options);
    let tries = 0;
    const { requests, handle } = botThat(() => {
      tries += 1;
      return tries === 1 ? 'hang' : { status: 200, headers: {}, body: '' };
    });
    await workspace.useHttp(handle);

    const opening = workspace.openHome(OPERATOR);
    await clock.advance(3000);
    const acted = await opening;
    await clock.advance(3_600_000);

    expect(acted).toEqual({ isSent: true, acknowledgedMs: null, problem: 'operation_timeout' });
    expect(retriesOf(requests)).toEqual([
      [undefined, undefined],
      ['1', 'http_timeout'],
    ]);
  });

  it('are not made for what a person does', async () => {
    const { clock, options } = virtual();
    const workspace = createWorkspace(options);
    const { requests, handle } = botThat(() => ({ status: 500, headers: {}, body: '' }));
    await workspace.useHttp(handle);

    await workspace.command(OPERATOR, 'C0OPS', 'hello');
    await clock.advance(3_600_000);

    expect(requests).toHaveLength(1);
  });

  it('end with the workspace', async () => {
    const { clock, options } = virtual();
    const workspace = createWorkspace(options);
    const { requests, handle } = botThat(() => ({ status: 500, headers: {}, body: '' }));
    await workspace.useHttp(handle);

    await workspace.openHome(OPERATOR);
    await clock.advance(1);
    workspace.shutDown();
    await settle();
    await clock.advance(3_600_000);

    expect(requests).toHaveLength(2);
    expect(clock.sleepers).toBe(0);
  });
});
