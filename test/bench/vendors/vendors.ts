import { VENDORS } from '../../../providers/registry.ts';
import { VirtualClock } from '../../../src/system/virtual-clock.ts';
import { MONDAY_MORNING } from '../../support/manual-clock.ts';
import { atMost, type Benchmark, count, printed, type Row } from '../benchmark.ts';
import { NAMES, type VendorSeed } from './fleet.ts';
import { SEEDS } from './seeds.ts';
import { measure } from './step.ts';

const TIMES_THE_FLOOR = 1.1;

/** Exists in tests only, and no call of it goes anywhere. */
const IN_MEMORY = 'memory';

/** Nothing where nothing is needed is exactly the floor; anything there is infinitely more. */
const times = (calls: number, floor: number): number => (calls === floor ? 1 : calls / floor);

const floorRow = (what: string, calls: number, floor: number): Row =>
  count(`${what}: ${calls} calls, floor ${floor}`, times(calls, floor), '', atMost(TIMES_THE_FLOOR));

const rowsOf = async (title: string, { open }: VendorSeed): Promise<readonly Row[]> => {
  const clock = new VirtualClock(MONDAY_MORNING);
  const fleet = await open(clock);
  const { cold, step, verify, again } = await clock.run(measure(fleet, clock));
  const { floor } = fleet;
  return [
    floorRow(`${title}: read from cold`, cold.reads + cold.writes, floor.cold),
    floorRow(`${title}: step, writes`, step.writes, floor.writes),
    floorRow(`${title}: step, looks around them`, step.reads, floor.around),
    floorRow(`${title}: read after the step`, verify.reads + verify.writes, floor.verify),
    printed(`${title}: the step and its read at its pace, ${again} times put off`, (step.ms + verify.ms) / 1000, 's'),
  ];
};

const measurable = (): readonly string[] =>
  VENDORS.map(({ vendor }) => vendor).filter((vendor) => vendor !== IN_MEMORY);

/** A vendor without names to measure is seen as such; it needs none to be a vendor. */
const notMeasured = (): readonly Row[] =>
  measurable()
    .filter((vendor) => SEEDS[vendor] === undefined)
    .map((vendor) =>
      printed(`${vendor}: not measured; give it names in test/bench/vendors/${vendor}.ts and seeds.ts`, 0, 'calls'),
    );

const assertNoneGone = (): void => {
  const gone = Object.keys(SEEDS).filter((vendor) => !measurable().includes(vendor));
  if (gone.length > 0) throw new Error(`the registry has no vendor ${gone.join(', ')}: take it out of seeds.ts`);
};

const waysOf = (): readonly { readonly title: string; readonly seed: VendorSeed }[] =>
  VENDORS.flatMap(({ vendor }) =>
    (SEEDS[vendor] ?? []).map((seed) => ({ title: seed.way === undefined ? vendor : `${vendor} ${seed.way}`, seed })),
  );

export const vendors: Benchmark = {
  name: 'vendors',
  goal: [
    `Calls of one step on ${NAMES} names at each vendor of the registry, beside the fewest that its API allows (the floor). The`,
    'real provider over the wire fake, which counts; batches cut by the planner, eight at once. A time is what the pace of the',
    'provider makes of it, at 100 ms a call; where calls were put off, the vendor or the pace had no room for them then.',
    ...Object.entries(SEEDS).flatMap(([vendor, seeds]) =>
      seeds.map(({ way, because }) => `\n${vendor}${way === undefined ? '' : ` ${way}`}: ${because}`),
    ),
  ].join(' '),
  run: async () => {
    assertNoneGone();
    const rows: Row[] = [...notMeasured()];
    for (const { title, seed } of waysOf()) rows.push(...(await rowsOf(title, seed)));
    return rows;
  },
};
