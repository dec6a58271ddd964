import { describe, expect, it } from 'vitest';
import type { CheckReport, SeenAnswers } from '../../../providers/check-report.ts';
import { checkAccount } from '../../../providers/route53/check.ts';
import { never } from '../../contracts/steering/world.ts';
import { arrangeCheck, type CheckWorld, leftovers } from './check-world.ts';

const NAME = '_steer-canary.example.com.';

const aliasFindings = ({ findings }: CheckReport): readonly (readonly [string, boolean | null])[] =>
  findings.filter(({ code }) => code.startsWith('alias')).map(({ code, ok }) => [code, ok] as const);

const sawOf = ({ findings }: CheckReport, code: string): string => findings.find((one) => one.code === code)?.saw ?? '';

const checked = (world: CheckWorld, over: Partial<CheckWorld['options']> = {}): Promise<CheckReport> =>
  checkAccount(world, { ...world.options, ...over }, never());

/** Leaves behind what a check leaves that was killed once its aliases stood. */
const leaveAliases = ({ fake, zone }: CheckWorld): void =>
  fake.foreignEdit(zone, (records) => {
    for (const [member, weight] of [
      ['drained', 0],
      ['serving', 1],
    ] as const) {
      const target = `${member}.${NAME}`;
      const aliasTarget = { hostedZoneId: zone, dnsName: target, evaluateTargetHealth: false };
      records.set(`${NAME}|A|${member}`, { name: NAME, type: 'A', setIdentifier: member, weight, aliasTarget });
      records.set(`${target}|A|`, { name: target, type: 'A', ttlSeconds: 60, values: ['192.0.2.77'] });
    }
  });

describe('provider check of weight 0 on an alias', () => {
  it('proves it by answers: of both members before, of the other one alone afterwards', async () => {
    const world = arrangeCheck({ propagationMs: 30_000 });

    const report = await checked(world);

    expect(report).toMatchObject({ zeroOnAlias: 'proven', conditionalWrite: 'native' });
    expect(aliasFindings(report)).toEqual([
      ['alias-created', true],
      ['alias-control', true],
      ['alias-weight', true],
      ['alias-zero', true],
    ]);
    expect(sawOf(report, 'alias-zero')).toBe(
      'at weights 0 and 1, of 100 answers 0 named the member to be drained, 100 the other one',
    );
    expect(leftovers(world)).toEqual([]);
  });

  it('writes the weight as every drain does: all members as they are, then all of them again, no UPSERT', async () => {
    const world = arrangeCheck();

    await checked(world);

    const batch = world.fake.log.entries().find(({ body }) => body.includes('<Weight>0</Weight>'));
    expect(
      [...(batch?.body ?? '').matchAll(/<(Action|SetIdentifier|Weight)>([^<]+)/g)].map(([, , text]) => text),
    ).toEqual(['DELETE', 'drained', '1', 'DELETE', 'serving', '1', 'CREATE', 'drained', '0', 'CREATE', 'serving', '1']);
  });

  it('refutes it where an alias of weight 0 still answers, and leaves the conditional write proven', async () => {
    const world = arrangeCheck({ zeroAliasAnswers: true });

    const report = await checked(world);

    expect(report).toMatchObject({ zeroOnAlias: 'refuted', conditionalWrite: 'native' });
    expect(aliasFindings(report).at(-1)).toEqual(['alias-zero', false]);
    expect(sawOf(report, 'alias-zero')).toMatch(/of 100 answers [1-9]\d* named the member to be drained/);
    expect(leftovers(world)).toEqual([]);
  });

  it('refutes it where one answer in a hundred is of the drained member', async () => {
    const world = arrangeCheck();
    let asked = 0;
    const ask = async (): Promise<SeenAnswers> => {
      asked += 1;
      const [drained, serving] = asked === 1 ? [50, 50] : [1, 99];
      const answers = [
        { data: ['192.0.2.1'], count: drained },
        { data: ['192.0.2.2'], count: serving },
      ];
      return { answered: 100, answers, failures: [] };
    };

    const report = await checked(world, { ask });

    expect(report.zeroOnAlias).toBe('refuted');
  });

  it('refutes it where the set stops answering at all', async () => {
    const world = arrangeCheck();
    let asked = 0;
    const ask: CheckWorld['ask'] = async (question, signal) => {
      asked += 1;
      return asked === 1
        ? world.ask(question, signal)
        : { answered: 100, answers: [{ data: [], count: 100 }], failures: [] };
    };

    const report = await checked(world, { ask });

    expect(report.zeroOnAlias).toBe('refuted');
    expect(sawOf(report, 'alias-zero')).toContain('100 something else');
  });

  it.each<[string, CheckWorld['options']['ask'], string]>([
    ['no name server is known', async () => null, 'set nameServers of this provider'],
    ['nobody can ask', null, 'set nameServers of this provider'],
    [
      'none can be reached',
      async () => ({ answered: 0, answers: [], failures: ['asking ns-1.test:53: no reply in time'] }),
      '0 of 100 questions for _steer-canary.example.com. were answered by its name servers, at least 50 are needed: asking ns-1.test:53',
    ],
    [
      'others answer for that name',
      async () => ({ answered: 100, answers: [{ data: [], count: 100 }], failures: [] }),
      'at weights 1 and 1, of 100 answers 0 named the member to be drained, 0 the other one, 100 something else',
    ],
    [
      'one of both never answers before',
      async () => ({ answered: 100, answers: [{ data: ['192.0.2.2'], count: 100 }], failures: [] }),
      'at weights 1 and 1, of 100 answers 0 named the member to be drained, 100 the other one',
    ],
  ])('leaves it unproven where %s, and says so', async (_, ask, because) => {
    const world = arrangeCheck();

    const report = await checked(world, { ask });

    expect(report).toMatchObject({ zeroOnAlias: 'unproven', conditionalWrite: 'native' });
    expect(aliasFindings(report)).toEqual([
      ['alias-created', true],
      ['alias-control', null],
      ['alias-weight', true],
      ['alias-zero', null],
    ]);
    expect(sawOf(report, 'alias-control')).toContain(because);
    expect(leftovers(world)).toEqual([]);
  });

  it('leaves it unproven where the servers fall silent between both questions', async () => {
    const world = arrangeCheck();
    let asked = 0;
    const ask: CheckWorld['ask'] = async (question, signal) => {
      asked += 1;
      return asked === 1 ? world.ask(question, signal) : { answered: 49, answers: [], failures: [] };
    };

    const report = await checked(world, { ask });

    expect(report.zeroOnAlias).toBe('unproven');
    expect(aliasFindings(report).at(-1)).toEqual(['alias-zero', null]);
  });

  it('asks nobody before a change has reached the name servers, and gives up on one that never does', async () => {
    const world = arrangeCheck({ propagationMs: 6 * 60_000 });
    let asked = 0;
    const ask: CheckWorld['ask'] = (question, signal) => {
      asked += 1;
      return world.ask(question, signal);
    };

    const report = await checked(world, { ask });

    expect(asked).toBe(0);
    expect(report.zeroOnAlias).toBe('unproven');
    expect(sawOf(report, 'alias-created')).toMatch(/had not reached all name servers after 5 minutes/);
    expect(leftovers(world)).toEqual([]);
  });

  it('leaves it unproven where the vendor loses the change', async () => {
    const world = arrangeCheck({ propagationMs: 30_000 });
    const ask: CheckWorld['ask'] = async (question, signal) => {
      world.fake.faults.add({ kind: 'strand', delayMs: 1000 });
      return world.ask(question, signal);
    };

    const report = await checked(world, { ask });

    expect(report.zeroOnAlias).toBe('unproven');
    expect(sawOf(report, 'alias-weight')).toMatch(/does not know its own change/);
    expect(leftovers(world)).toEqual([]);
  });

  it('refutes it where the vendor keeps another weight than 0', async () => {
    const world = arrangeCheck();
    const listRecords: CheckWorld['api']['listRecords'] = async (...asked) => {
      const page = await world.api.listRecords(...asked);
      return { ...page, records: page.records.map((one) => (one.Weight === 0 ? { ...one, Weight: 1 } : one)) };
    };

    const api = { ...world.api, listRecords };
    const report = await checkAccount({ api, clock: world.clock }, world.options, never());

    expect(report.zeroOnAlias).toBe('refuted');
    expect(sawOf(report, 'alias-weight')).toContain('came back as another record');
  });

  it('takes nothing back from the conditional write when aliases are refused', async () => {
    const world = arrangeCheck();
    const change: CheckWorld['api']['change'] = (zone, changes, comment, signal) => {
      const isBelow = changes.some(({ ResourceRecordSet }) => ResourceRecordSet.Name.startsWith('drained.'));
      if (isBelow) world.fake.faults.add({ kind: 'throttle', operation: 'ChangeResourceRecordSets' });
      return world.api.change(zone, changes, comment, signal);
    };

    const report = await checkAccount({ api: { ...world.api, change }, clock: world.clock }, world.options, never());

    expect(report).toMatchObject({ zeroOnAlias: 'unproven', conditionalWrite: 'native' });
    expect(sawOf(report, 'alias-zero')).toMatch(/could not be asked to its end: .*Rate exceeded/);
  });

  it('clears away the aliases of a check that was killed, also those with another target, and nothing else', async () => {
    const world = arrangeCheck();
    leaveAliases(world);
    const before = world.fake.zone(world.zone).control.filter(({ name }) => !name.includes('canary'));

    const report = await checked(world);

    expect(report.zeroOnAlias).toBe('proven');
    expect(world.fake.zone(world.zone).control).toEqual(before);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'the next check succeeds, and leaves nothing, after one that was killed at its write %i',
    async (fatal) => {
      const world = arrangeCheck();
      let writes = 0;
      const change: CheckWorld['api']['change'] = async (...asked) => {
        writes += 1;
        // A process that is gone: the last write has its effect, and no clean-up comes after it.
        if (writes > fatal) throw new Error('killed');
        return world.api.change(...asked);
      };

      await checkAccount({ api: { ...world.api, change }, clock: world.clock }, world.options, never()).catch(() => {});
      const report = await checked(world);

      expect(report).toMatchObject({ zeroOnAlias: 'proven', conditionalWrite: 'native' });
      expect(leftovers(world)).toEqual([]);
    },
  );

  it.each(['lost-response', 'unavailable-after', 'reset'] as const)('cleans up when %s ends it', async (kind) => {
    const world = arrangeCheck();
    const ask: CheckWorld['ask'] = async (question, signal) => {
      world.fake.faults.add({ kind, operation: 'ChangeResourceRecordSets' });
      return world.ask(question, signal);
    };

    const report = await checked(world, { ask });

    expect(report.zeroOnAlias).toBe('unproven');
    expect(leftovers(world)).toEqual([]);
  });

  it('cleans up when it is aborted while it waits for the name servers', async () => {
    const world = arrangeCheck({ propagationMs: 60_000 });
    const abort = new AbortController();
    const clock = {
      now: world.clock.now,
      sleep: async (): Promise<void> => {
        abort.abort(new Error('somebody pressed a key'));
        abort.signal.throwIfAborted();
      },
    };

    const ended = checkAccount({ api: world.api, clock }, world.options, abort.signal);

    await expect(ended).rejects.toThrow('somebody pressed a key');
    expect(leftovers(world)).toEqual([]);
  });
});
