import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditStore } from '../../../src/store/audit.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { here, isGone } from '../../../src/system/processes.ts';
import { startChild } from '../../support/child-process.ts';
import { sqliteStore } from '../../support/stores.ts';

const script = (name: string): string => join(import.meta.dirname, 'processes', `${name}.ts`);

const real = { clock: systemClock, hash: sha256 };

const lastOf = (said: string): number => Number(said.trimEnd().split('\n').at(-1));

describe('several operating-system processes on one file', () => {
  it('rule 4: after kill -9 in the middle of appending no acknowledged event is lost, no batch is torn, every chain is whole', async () => {
    const { path } = sqliteStore();
    const store = openStore(path, real);
    const rounds: { acknowledged: number; kept: number }[] = [];

    for (let round = 0; round < 3; round += 1) {
      const children = ['run_1', 'run_2'].map((stream) => ({
        stream,
        child: startChild(script('appender'), [path, stream]),
      }));
      await Promise.all(
        children.map(({ child }, index) => child.untilSaid((said) => said.split('\n').length > 20 + 7 * index)),
      );
      await Promise.all(children.map(({ child }) => child.kill()));
      for (const { stream, child } of children)
        rounds.push({ acknowledged: lastOf(child.said()), kept: (await store.journal.read(stream, 0)).length });
    }

    const report = await auditStore(store.archive, sha256);
    store.close();
    expect(report.findings).toEqual([]);
    expect(rounds).toHaveLength(6);
    for (const { acknowledged, kept } of rounds) {
      expect(acknowledged).toBeGreaterThanOrEqual(40);
      expect([acknowledged, acknowledged + 2]).toContain(kept);
    }
  }, 20_000);

  it('rule 3: the lease is exclusive, epochs grow, and nobody writes under an epoch that was taken over', async () => {
    const { path } = sqliteStore();
    const store = openStore(path, real);

    const children = ['executor-1', 'executor-2'].map((holder) =>
      startChild(script('lease-taker'), [path, holder, '6']),
    );
    const codes = await Promise.all(children.map(({ ended }) => ended));

    const wrote = (await store.journal.read('tenures', 0)).map(({ data }) => JSON.parse(JSON.stringify(data)));
    const epochs: number[] = wrote.map(({ epoch }) => epoch);
    const holders = new Set(wrote.map(({ holder, epoch }) => `${epoch} ${holder}`));
    store.close();
    expect(codes).toEqual([0, 0]);
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
    expect(holders.size).toBe(new Set(epochs).size);
    expect(new Set(wrote.map(({ holder }) => holder)).size).toBe(2);
    expect(new Set(epochs).size).toBeGreaterThan(2);
  }, 20_000);

  it('rule 3: the lease of a living process stands; after kill -9 it passes on at once, with the next epoch', async () => {
    const { path } = sqliteStore();
    const self = here();
    const store = openStore(path, { ...real, isGone: (holder) => isGone(holder, self) });
    const child = startChild(script('tenant'), [path]);
    await child.untilSaid((said) => said.endsWith('\n'));
    const tenant = await store.lease.holder();

    const whileAlive = await store.lease.acquire('executor-2', 15_000);
    await child.kill();
    const unable = openStore(path, real);
    const withoutLooking = await unable.lease.acquire('executor-2', 15_000);
    const afterwards = await store.lease.acquire('executor-2', 15_000);

    const renewed = tenant === null ? tenant : await store.lease.renew(tenant, 15_000);
    for (const one of [store, unable]) one.close();
    expect(tenant).toMatchObject({ holder: child.said().trimEnd(), epoch: 1 });
    expect([whileAlive, withoutLooking, renewed]).toEqual([null, null, null]);
    expect(afterwards).toMatchObject({ holder: 'executor-2', epoch: 2 });
  }, 20_000);

  it('a wait hears what another process appends', async () => {
    const { path } = sqliteStore();
    const store = openStore(path, real);
    const waiting = store.journal.wait(0, 15_000, new AbortController().signal);

    const child = startChild(script('appender'), [path, 'run_1']);
    const isHeard = await waiting;
    await child.kill();

    expect(isHeard).toBe(true);
    store.close();
  }, 20_000);
});
