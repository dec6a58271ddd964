// A Chaos Kong drill over a whole fleet in a process of its own, so that its heap and its time are nobody else's.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { runStream } from '../../../src/run/events.ts';
import { phaseOf } from '../../../src/run/phase.ts';
import { VirtualClock } from '../../../src/system/virtual-clock.ts';
import { EAST } from '../../support/fleet-config.ts';
import { MONDAY_MORNING } from '../../support/manual-clock.ts';
import { buildModel } from '../../support/model.ts';

const HOURS = 60 * 60 * 1000;
const ZONES = 20;
const [services = '', stayHours = ''] = process.argv.slice(2);

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const clock = new VirtualClock(MONDAY_MORNING);

const drill = async () => {
  const names = Array.from({ length: Number(services) }, (_, i) => `service-${i}`);
  const limits = { drill: { finishWithinMs: (Number(stayHours) + 6) * HOURS } };
  const model = await buildModel(clock, { services: names, zones: ZONES, limits });
  const weights = (): readonly string[] => names.map((name) => JSON.stringify(model.answers(name)));
  const home = weights();
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const id = await model.start({ region: EAST, stayMs: Number(stayHours) * HOURS });
  const plannedMs = performance.now() - started;
  let isStaying = false;
  let looksInStay = 0;
  let emptied = 0;
  const gather = model.deps().gather;
  await model
    .executor(
      {},
      {
        gather: (question, signal) => {
          if (isStaying) looksInStay += 1;
          return gather(question, signal);
        },
        watcher: {
          tell: ({ what }) => {
            if (what === 'direction.turned') isStaying = false;
            if (what !== 'stay.begun') return;
            isStaying = true;
            emptied = names.filter((name) => model.answers(name)[EAST] === 0).length;
          },
        },
      },
    )
    .run(new AbortController().signal);
  const tookMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuBefore);
  collect();
  const run = await model.run(id);
  const events = await model.store.journal.read(runStream(id), 0);
  const begun = events.find(({ type }) => type === 'stay.begun');
  const turned = events.find(({ type }) => type === 'direction.turned');
  const inStay = events.filter(
    ({ version }) => version > (begun?.version ?? Infinity) && version < (turned?.version ?? 0),
  );
  const after = weights();
  return {
    plannedMs,
    tookMs,
    cpuMs: (user + system) / 1000,
    heapBytes: process.memoryUsage().heapUsed,
    looksInStay,
    ended: phaseOf(run).words,
    steps: run.steps.length,
    emptied,
    notHome: home.filter((text, i) => text !== after[i]).length,
    stayMs: (turned?.at ?? 0) - (begun?.at ?? 0),
    events: events.length,
    eventsOfStay: inStay.length,
    journalBytes: JSON.stringify(events).length,
  };
};

const until = MONDAY_MORNING + (Number(stayHours) + 12) * HOURS;
process.stdout.write(JSON.stringify(await clock.run(drill(), until)));
