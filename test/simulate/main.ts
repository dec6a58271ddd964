import { parseArgs } from 'node:util';
import { simulate } from './simulation.ts';

/** Hostile schedules, seed by seed: `npm run simulate -- --seeds 1000 [--seed 1]`. Exit code 1 on the first violation. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    lines: { type: 'string', default: '40' },
  },
});
const first = Number(values.seed);
const count = Number(values.seeds);
if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) {
  process.stderr.write('usage: npm run simulate -- --seeds <how many> --seed <the first>\n');
  process.exit(2);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const started = performance.now();
let landings = 0;
let virtualHours = 0;
for (let seed = first; seed < first + count; seed += 1) {
  const outcome = await simulate(seed);
  landings += outcome.landings;
  virtualHours += outcome.virtualMs / 3_600_000;
  if (outcome.violations.length > 0) {
    say(`seed ${seed} breaks a rule:`);
    for (const { at, rule, what } of outcome.violations)
      say(`  ${(at / 60_000).toFixed(1)} min, rule ${rule}: ${what}`);
    for (const line of outcome.journal.slice(outcome.journal.length - Number(values.lines))) say(`  ${line}`);
    say(`  runs: ${outcome.runs.join('; ')}`);
    say(`replay: npm run simulate -- --seeds 1 --seed ${seed}`);
    process.exit(1);
  }
  const done = seed - first + 1;
  if (done % 25 === 0 || done === count) {
    const rate = (done / ((performance.now() - started) / 1000)).toFixed(1);
    say(`${done} of ${count} seeds, ${rate} a second: ${landings} writes in ${virtualHours.toFixed(0)} virtual hours`);
  }
}
