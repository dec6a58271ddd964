import { z } from 'zod';

/** The part of vitest's JSON that names tests and says how they ended. */
const RESULTS = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

export type Outcome = 'passed' | 'failed' | 'left out';

/** One case of one suite. `ground` is what stood on the other side. */
export interface ContractCase {
  readonly vendor: string;
  /** Which kind of account or server, null where there is one. */
  readonly variant: string | null;
  readonly port: 'Steering' | 'Records';
  readonly ground: string;
  readonly case: string;
  readonly outcome: Outcome;
}

/** Titles of the suites: `route53, proven, as Steering (described)`. */
const SUITE = /^([a-z0-9]+)(?:, (.*),)? as (Steering|Records) \((real|emulator|described|fake|reference)\)$/;

const outcomeOf = (status: string): Outcome => {
  if (status === 'passed') return 'passed';
  return status === 'failed' ? 'failed' : 'left out';
};

/** The cases of all contract suites in a run of vitest; other tests of that run are no cases. */
export const casesIn = (json: string): readonly ContractCase[] =>
  RESULTS.parse(JSON.parse(json)).testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ ancestorTitles, title, status }): ContractCase[] => {
      // Suites against several servers stand within a group for each.
      const at = ancestorTitles.findIndex((ancestor) => SUITE.test(ancestor));
      const [, vendor, variant, port, ground] = SUITE.exec(ancestorTitles[at] ?? '') ?? [];
      if (vendor === undefined || ground === undefined || (port !== 'Steering' && port !== 'Records')) return [];
      const name = [...ancestorTitles.slice(at + 1), title].join(': ');
      return [{ vendor, variant: variant ?? null, port, ground, case: name, outcome: outcomeOf(status) }];
    }),
  );
