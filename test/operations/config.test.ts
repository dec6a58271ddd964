import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/domain/config.ts';
import { configAccept } from '../../src/operations/config-accept.ts';
import { configReload } from '../../src/operations/config-reload.ts';
import { fleetReader } from '../../src/operations/fleet-reader.ts';
import { storeInit } from '../../src/operations/store-init.ts';
import { MemoryDisk } from '../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { EUROPE, WEST } from '../support/fleet-config.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { as, type Desk, desk, fromAccount, granted, problemsOf } from './arrange.ts';

const withStep = (config: Config, largestStep: number): Config => ({
  ...config,
  safety: { ...config.safety, planned: { ...config.safety.planned, largestStep } },
});

const stepInForce = async ({ deps }: Desk): Promise<number> => {
  const { config } = await loadFleet(deps.journal);
  if (config === null) throw new Error('no config is in force');
  return (config.config as Config).safety.planned.largestStep;
};

describe('accepting a config', () => {
  it('lets one admin tighten', async () => {
    const made = await desk();
    made.file = withStep(made.model.config, 1000);

    const accepted = granted(await configAccept(made.deps, as('admin-1')));

    expect(accepted).toMatchObject({ outcome: 'accepted', weakens: [] });
    expect(await stepInForce(made)).toBe(1000);
  });

  it('shows home shares in percent, as the file has them', async () => {
    const made = await desk();
    const [service] = made.model.config.services;
    if (service === undefined) throw new Error('no service');
    const home = { ...service.home, [WEST]: 3000, [EUROPE]: 3666 };
    made.file = { ...made.model.config, services: [{ ...service, home }] };

    const changed = granted(await configAccept(made.deps, as('admin-1'))).changes.join('\n');

    expect(changed).toContain('33.33% → 30%');
    expect(changed).not.toContain('3000');
  });

  it('rule 8: a weakening waits for a second person, and takes effect only then', async () => {
    const made = await desk();
    made.file = withStep(made.model.config, 5000);

    const first = granted(await configAccept(made.deps, as('admin-1')));
    const before = await stepInForce(made);
    const second = granted(await configAccept(made.deps, as('approver-1')));

    const fleet = await loadFleet(made.deps.journal);
    expect([first.outcome, before, second.outcome]).toEqual(['waiting', 2000, 'accepted']);
    expect(await stepInForce(made)).toBe(5000);
    expect(fleet.config?.by).toBe('admin-1');
    expect(fleet.proposedConfig).toBeNull();
  });

  it('rule 8: the same admin is no second person', async () => {
    const made = await desk();
    made.file = withStep(made.model.config, 5000);
    await configAccept(made.deps, as('admin-1'));

    const again = await configAccept(made.deps, as('admin-1'));

    expect(problemsOf(again)).toContain('another person must accept it too');
    expect(await stepInForce(made)).toBe(2000);
  });

  it('rule 8: the second person accepts exactly what the first proposed', async () => {
    const made = await desk();
    made.file = withStep(made.model.config, 5000);
    await configAccept(made.deps, as('admin-1'));
    made.file = withStep(made.model.config, 10_000);

    const swapped = await configAccept(made.deps, as('approver-1'));

    expect(problemsOf(swapped)).toContain('The file is not the one admin-1 proposed');
    expect(await stepInForce(made)).toBe(2000);
  });

  it('rule 8: roles come from the config in force, not from the one that would make somebody admin', async () => {
    const made = await desk();
    const people = made.model.config.people.map((person) => ({ ...person, role: 'admin' as const }));
    made.file = { ...made.model.config, people };

    const operator = await configAccept(made.deps, as('operator-1'));
    const approver = await configAccept(made.deps, as('approver-1'));

    expect(problemsOf(operator)).toContain('takes the role approver');
    expect(problemsOf(approver)).toContain('takes the role admin');
  });

  it('rule 8: a proposer who lost the role meanwhile no longer counts', async () => {
    const made = await desk();
    made.file = withStep(made.model.config, 5000);
    await configAccept(made.deps, as('admin-1'));
    const fleet = await loadFleet(made.deps.journal);
    const people = made.model.config.people.filter(({ person }) => person !== 'admin-1');
    await made.force({ ...made.model.config, people });

    const answer = await configAccept(made.deps, as('approver-1'));

    expect(fleet.proposedConfig?.by).toBe('admin-1');
    expect(problemsOf(answer)).toContain('No config waits for a second person');
    expect(await stepInForce(made)).toBe(2000);
  });

  it('says that nothing differs, and refuses a file that is wrong', async () => {
    const made = await desk();
    const same = await configAccept(made.deps, as('admin-1'));
    made.file = 'nonsense';

    const wrong = await configAccept(made.deps, as('admin-1'));

    expect(problemsOf(same)).toContain('is in force already');
    expect(problemsOf(wrong)).toContain('steer.yaml:1:1');
  });

  it('rule 8: reload reads the file and puts nothing into force', async () => {
    const made = await desk();
    made.file = withStep(made.model.config, 1000);

    const state = granted(await configReload(made.deps, as('operator-1')));

    expect(state.file).toMatchObject({ kind: 'differs', changes: ['safety.planned.largestStep: 20% → 10%'] });
    expect(await stepInForce(made)).toBe(2000);
  });
});

describe('the first config', () => {
  const emptyStore = async (): Promise<Desk> => {
    const made = await desk();
    const disk = new MemoryDisk({ storeId: 'store_new', region: 'us-west-2', madeAt: 0 });
    const store = openMemoryStore(disk, { clock: made.clock, hash: sha256 });
    return {
      ...made,
      deps: { ...made.deps, journal: store.journal, fleet: fleetReader(store.journal), archive: store.archive },
    };
  };

  it('is accepted by an admin whom it names', async () => {
    const made = await emptyStore();

    const first = granted(await storeInit(made.deps, as('admin-1')));

    const fleet = await loadFleet(made.deps.journal);
    expect(fleet.config).toMatchObject({ digest: first.digest, by: 'admin-1' });
  });

  it('rule 8: is accepted by nobody else, and only once', async () => {
    const made = await emptyStore();

    const stranger = await storeInit(made.deps, fromAccount('root'));
    const operator = await storeInit(made.deps, as('operator-1'));
    await storeInit(made.deps, as('admin-1'));
    const again = await storeInit(made.deps, as('admin-1'));

    expect(problemsOf(stranger)).toContain('Name yourself in steer.yaml as an admin');
    expect(problemsOf(operator)).toContain('no admin');
    expect(problemsOf(again)).toContain('a config in force already');
  });
});
