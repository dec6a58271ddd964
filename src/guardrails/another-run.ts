import type { Objection } from '../domain/objections.ts';
import type { Standing } from './context.ts';
import { refuse } from './objection.ts';

/** A proposal moves nothing yet, and several may wait side by side; only one may start. */
const WAITS = /^(PLANNED|WAITING FOR APPROVAL)/;

/** One evacuation at a time: two runs would each judge a fleet that the other is changing. */
export const anotherRun = ({ facts }: Standing): readonly Objection[] =>
  facts.otherRuns
    .filter(({ phase }) => !WAITS.test(phase))
    .map(({ run, region, phase }) =>
      refuse(
        'another-run',
        `${run}${region === null ? '' : ` (${region})`} is ${phase}; one run moves at a time, finish or stop it first`,
        { value: run, ...(region === null ? {} : { region }) },
      ),
    );

/** Never two regions out. Coming home ends that state, so a restore is not its business. */
export const twoRegionsOut = ({ facts, envelope }: Standing): readonly Objection[] => {
  if (envelope.request.verb === 'restore' || envelope.source === null) return [];
  const others = new Map(
    facts.out.filter(({ region }) => region !== envelope.source).map((out) => [out.region, out] as const),
  );
  return [...others.values()].map(({ region, run }) =>
    refuse(
      'two-regions-out',
      `${region} is out already (${run}); with ${envelope.source} two regions would be, restore it first`,
      { value: region, limit: 1, region },
    ),
  );
};
