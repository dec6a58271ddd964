import { MemoryDisk } from '../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { EAST } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import { atMost, type Benchmark, count, printed, type Row } from './benchmark.ts';
import { acceptConfig, buildEngine } from './engine.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import { DNS, route53Fleet } from './route53-fleet.ts';

const ZONES = 10;
const NAMES = 500;
const RECORDS_PER_ZONE = 1000;
const HOSTED_ZONES = 120;
const FROM_COLD = 55;
const LATER_STEP = 11;
/** An approver reads the plan; meanwhile the account's request budget, which both processes share, fills up again. */
const READING_MS = 60_000;

interface Story {
  readonly ledger: Ledger;
  readonly planReads: number;
  readonly ended: string;
}

/** Plans in one process, as a person's command does, and executes in another that has seen nothing yet. */
const evacuate = async (clock: VirtualClock): Promise<Story> => {
  const shape = { services: 50, namesPerService: NAMES / 50, zones: ZONES };
  const fleet = await route53Fleet(clock, { ...shape, recordsPerZone: RECORDS_PER_ZONE, hostedZones: HOSTED_ZONES });
  const disk = new MemoryDisk({ storeId: 'store_bench', region: 'outside', madeAt: clock.now() });
  const store = openMemoryStore(disk, { clock, hash: sha256 });
  await acceptConfig(store, fleet.config);
  const planning = ledgerOf(fleet.fake, await fleet.openSteering());
  const engine = (ledger: Ledger) => {
    const { config, probe } = fleet;
    const sides = { reading: new Map([[DNS, ledger.reading]]), acting: new Map([[DNS, ledger.acting]]) };
    return buildEngine({ config, store, clock, probe, ...sides });
  };
  const run = await engine(planning).approve(await engine(planning).plan({ region: EAST }));
  await clock.sleep(READING_MS, new AbortController().signal);
  const ledger = ledgerOf(fleet.fake, await fleet.openSteering());
  const executing = engine(ledger);
  let steps = 0;
  await executing.execute({
    tell: ({ what }) => {
      if (what !== 'step.intended') return;
      steps += 1;
      // What was read before the first step is the price of starting cold: it belongs to that step.
      if (steps > 1) ledger.nextStep();
    },
  });
  const { ended } = await executing.run(run);
  return { ledger, planReads: planning.calls(0, 'read'), ended: ended?.reason ?? 'not at all' };
};

const recordCalls = (ledger: Ledger, step: number): number => ledger.calls(step, 'read') + ledger.calls(step, 'write');

const stepRows = (ledger: Ledger, step: number): readonly Row[] => {
  const name = `step ${step + 1}`;
  const goal = atMost(step === 0 ? FROM_COLD : LATER_STEP);
  const written = ledger.calls(step, 'write', 'ChangeResourceRecordSets');
  return [
    count(
      `${name}: record reads and writes${step === 0 ? ', from cold' : ''}`,
      recordCalls(ledger, step),
      'calls',
      goal,
    ),
    count(`${name}: GetChange, per batch`, ledger.calls(step, 'ask') / written, '', atMost(2)),
    count(`${name}: the bake's listings, per zone`, ledger.calls(step, 'verify') / ZONES, '', atMost(4)),
  ];
};

const perZone = NAMES / ZONES;
const pages = (per: number): number => Math.ceil(RECORDS_PER_ZONE / per);
const accountPages = Math.ceil(HOSTED_ZONES / 100);

/** Per step, by the formulas of their sources: Z zones, n names in each, R record sets in each, H hosted zones. */
const OTHERS: readonly Row[] = [
  printed('floor: one batch a zone, Z·⌈2n/1000⌉', ZONES * Math.ceil((2 * perZone) / 1000), 'calls'),
  printed(
    'external-dns, every time: 3⌈H/100⌉ + Z(⌈R/300⌉ + max(⌈4n/1000⌉, ⌈n/100⌉))',
    3 * accountPages + ZONES * (pages(300) + Math.max(Math.ceil((4 * perZone) / 1000), Math.ceil(perZone / 100))),
    'calls',
  ),
  printed(
    'octoDNS: ⌈H/100⌉ + Z(⌈R/100⌉ + ⌈4n/999⌉)',
    accountPages + ZONES * (pages(100) + Math.ceil((4 * perZone) / 999)),
    'calls',
  ),
  printed('Denominator: one read and one write a name, 2N', 2 * NAMES, 'calls'),
];

export const calls: Benchmark = {
  name: 'calls',
  goal:
    `Record reads and writes of one step on ${NAMES} names in ${ZONES} zones of ${RECORDS_PER_ZONE} record sets each, ` +
    `${HOSTED_ZONES} hosted zones in the account: at most ${FROM_COLD} from cold, at most ${LATER_STEP} for each later step. ` +
    'The real executor, provider and AWS SDK over the wire fake, whose request log is counted by operation; an account on ' +
    'which conditional writes have been proven. GetChange and what the bake lists stand beside.',
  run: async () => {
    const clock = new VirtualClock(MONDAY_MORNING);
    const { ledger, planReads, ended } = await clock.run(evacuate(clock));
    const steps = Array.from({ length: ledger.steps() + 1 }, (_, step) => stepRows(ledger, step)).flat();
    return [
      ...steps,
      count('steps of the evacuation', ledger.steps() + 1, 'steps', { is: 'at least', limit: 3 }),
      count('runs that did not end done', ended === 'done' ? 0 : 1, 'runs', atMost(0)),
      printed('the proposal, before anybody approves', planReads, 'calls'),
      ...OTHERS,
    ];
  },
};
