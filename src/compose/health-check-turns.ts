import type { SignalReading, SignalSpec } from '../domain/signals.ts';
import type { Deps } from '../operations/deps.ts';
import type { Clock } from '../ports/clock.ts';
import type { Probe } from '../ports/probe.ts';

/**
 * Route 53 answers the status of four health checks at once and of one a second after that, so a process that has just
 * started knows few of them. Whoever looks once waits until each has had its turn; a run that goes on needs no such thing.
 */
const CHECKS_AT_ONCE = 4;
const TURN_MS = 4000;
/** A minute is as long as anybody waits who looks once. */
const MOST_TURNS = 15;

/** As long as any of it may take, so that an answer comes also when a vendor hangs. */
const LOOK_MS = 30_000;

const isCheck = ({ source }: SignalSpec): boolean => source.kind === 'route53-health-check';

const turnsFor = (signals: readonly SignalSpec[]): number =>
  Math.min(MOST_TURNS, Math.ceil(signals.filter(isCheck).length / CHECKS_AT_ONCE));

const pause = (clock: Clock): Promise<void> => clock.sleep(TURN_MS, new AbortController().signal);

/** Every signal read, and those health checks read again whose turn had not come. */
export const readInTurns = async (
  probe: Probe,
  signals: readonly SignalSpec[],
  clock: Clock,
): Promise<readonly SignalReading[]> => {
  const readings = new Map<string, SignalReading>();
  const read = async (those: readonly SignalSpec[]): Promise<void> => {
    for (const reading of await probe.read(those, clock.now(), AbortSignal.timeout(LOOK_MS)))
      readings.set(reading.signal, reading);
  };
  await read(signals);
  const waiting = (): readonly SignalSpec[] =>
    signals.filter((spec) => isCheck(spec) && readings.get(spec.signal)?.kind === 'no-data');
  for (let turn = 1; turn < turnsFor(signals) && waiting().length > 0; turn += 1) {
    await pause(clock);
    await read(waiting());
  }
  return signals.flatMap(({ signal }) => readings.get(signal) ?? []);
};

/** Facts gathered again while a health check is unknown whose turn may still come. */
export const patient =
  (gather: Deps['gather'], clock: Clock): Deps['gather'] =>
  async (question) => {
    const turns = turnsFor(question.config.signals);
    let facts = await gather(question);
    const isWaiting = (): boolean =>
      Object.values(facts.sets).some(({ checks }) => Object.values(checks).includes('unknown'));
    for (let turn = 1; turn < turns && isWaiting(); turn += 1) {
      await pause(clock);
      facts = await gather(question);
    }
    return facts;
  };
