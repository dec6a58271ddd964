import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runId } from '../../../src/domain/ids.ts';
import { failureOf } from '../../../src/slack/live/failure.ts';
import { KEEP_MS, Ledger } from '../../../src/slack/live/ledger.ts';
import { Memory } from '../../../src/slack/live/memory.ts';
import { EditBudget } from '../../../src/slack/live/pace.ts';
import { Stage } from './stage.ts';

const RUN = runId('run_1');

describe('the budget of edits', () => {
  it('allows at most forty in any minute, however they are asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 300 }), (gaps) => {
        const budget = new EditBudget();
        const made: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now = Math.max(now + gap, budget.readyAt(now + gap, 'state'));
          budget.spend(now);
          made.push(now);
        }
        for (const at of made)
          expect(made.filter((other) => other >= at && other < at + 60_000).length).toBeLessThanOrEqual(40);
      }),
    );
  });

  it('keeps its last edits for changes of state', () => {
    const budget = new EditBudget();

    for (let n = 0; n < 7; n += 1) budget.spend(0);

    expect(budget.readyAt(0, 'state')).toBe(0);
    expect(budget.readyAt(0, 'figures')).toBeGreaterThan(0);
  });
});

describe('a failure of a call', () => {
  it.each([
    [new WebAPIRateLimitedError(7), { kind: 'limited', waitMs: 7000 }],
    [new WebAPIPlatformError({ ok: false, error: 'message_not_found' }), { kind: 'gone', error: 'message_not_found' }],
    [new WebAPIPlatformError({ ok: false, error: 'is_archived' }), { kind: 'closed', error: 'is_archived' }],
    [new WebAPIPlatformError({ ok: false, error: 'invalid_blocks' }), { kind: 'form', error: 'invalid_blocks' }],
    [new WebAPIPlatformError({ ok: false, error: 'token_revoked' }), { kind: 'denied', error: 'token_revoked' }],
    [new WebAPIPlatformError({ ok: false, error: 'internal_error' }), { kind: 'away', error: 'internal_error' }],
    [new WebAPIPlatformError({ ok: false, error: 'brand_new' }), { kind: 'refused', error: 'brand_new' }],
    [new WebAPIHTTPError(503, 'busy', {}), { kind: 'away', error: 'HTTP 503' }],
  ])('is known by what follows from it (%#)', (error, failure) => {
    expect(failureOf(error)).toEqual(failure);
  });

  it('never says what the network said, which may hold a token', () => {
    const failure = failureOf(new WebAPIRequestError(new Error('Bearer xoxb-secret')));

    expect(JSON.stringify(failure)).not.toContain('xoxb');
  });
});

describe('the ledger', () => {
  const ledgers = (stage: Stage) => {
    const of = (by: string) => new Ledger({ journal: stage.journal, clock: stage.clock, by });
    return [of('bot_a'), of('bot_b')] as const;
  };

  it('lets one of two that begin at once go on', async () => {
    const [a, b] = ledgers(new Stage());

    const kept = await Promise.all([a.keep(), b.keep()]);

    expect(kept.filter((isMine) => isMine)).toHaveLength(1);
  });

  it('lets the other go on once the first has been silent, and then not the first', async () => {
    const stage = new Stage();
    const [a, b] = ledgers(stage);
    const seen: boolean[] = [];
    await stage.run(async () => {
      seen.push(await a.keep(), await b.keep());
      await stage.sleep(KEEP_MS);
      seen.push(await b.keep(), await a.keep());
    });

    expect(seen).toEqual([true, false, true, false]);
  });

  it('goes on where deliveries that were seen are written in between', async () => {
    const stage = new Stage();
    const [a] = ledgers(stage);
    await a.keep();
    const version = (await stage.journal.read('slack', 0)).length;
    await stage.journal.append({
      stream: 'slack',
      expectedVersion: version,
      events: [{ type: 'slack.seen', data: { keys: ['k'] } }],
    });

    await a.record([{ type: 'slack.told', data: { run: RUN, version: 3, what: 'approval' } }]);

    expect(a.memory.of(RUN).isApprovalTold).toBe(true);
    expect(await stage.memory()).toEqual(['slack.keeping', 'slack.seen', 'slack.told']);
  });

  it('writes down later what the store would not take at once', async () => {
    const stage = new Stage();
    let isBroken = true;
    const journal = {
      read: stage.journal.read.bind(stage.journal),
      append: (append: Parameters<typeof stage.journal.append>[0]) =>
        isBroken ? Promise.reject(new Error('disk full')) : stage.journal.append(append),
    };
    const ledger = new Ledger({ journal, clock: stage.clock, by: 'bot_a' });
    const posted = { run: RUN, what: 'live', version: 0, channel: 'C1', ts: '1.1' } as const;

    await expect(ledger.record([{ type: 'slack.posted', data: posted }])).rejects.toThrow('disk full');
    isBroken = false;
    await ledger.settle();

    expect(ledger.owes).toBe(false);
    expect(ledger.memory.of(RUN).live).toEqual({ channel: 'C1', ts: '1.1' });
  });
});

describe('the memory', () => {
  it('survives what it does not understand', () => {
    const event = { position: 1, stream: 'slack', at: 5, previousHash: '', hash: '' };
    fc.assert(
      fc.property(
        fc.constantFrom('slack.posted', 'slack.told', 'slack.keeping', 'slack.picture-asked', 'slack.invented'),
        fc.jsonValue(),
        (type, data) => {
          const memory = new Memory();
          memory.fold({ ...event, version: 1, type, data });
          expect(memory.version).toBe(1);
          expect(memory.runs.size).toBe(0);
        },
      ),
    );
  });
});
