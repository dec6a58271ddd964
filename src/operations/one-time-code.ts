import { standingOf } from '../access/standing.ts';
import { checkCode } from '../access/totp.ts';
import type { Config, Person } from '../domain/config.ts';
import { durationText, type Instant } from '../domain/units.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { type Answer, granted, refuse } from './answer.ts';
import type { Asker, Deps } from './deps.ts';

/** Wrong codes in a row before the person has to wait: with 3 of a million right at any time, guessing takes decades. */
const MOST_WRONG = 5;
const WAIT_MS = 15 * 60 * 1000;

/** A stream per person remembers which code was used last and how many were wrong, so that a restart forgets neither. */
const streamOf = (person: Person): string => `one-time-code/${person.person}`;

interface Memory {
  readonly version: number;
  readonly lastCounter: number | null;
  readonly wrongInARow: number;
  readonly lastWrongAt: Instant;
}

const counterIn = (data: unknown): number => {
  if (typeof data !== 'object' || data === null) throw new TypeError('a used code without its counter');
  const counter = Object.entries(data).find(([name]) => name === 'counter')?.[1];
  return Number(counter);
};

const remember = (events: readonly StoredEvent[]): Memory => {
  let memory: Memory = { version: 0, lastCounter: null, wrongInARow: 0, lastWrongAt: 0 };
  for (const { type, data, version, at } of events) {
    if (type === 'code.used') memory = { version, lastCounter: counterIn(data), wrongInARow: 0, lastWrongAt: 0 };
    else memory = { ...memory, version, wrongInARow: memory.wrongInARow + 1, lastWrongAt: at };
  }
  return memory;
};

const secretOf = async (deps: Deps, person: Person): Promise<string | null> =>
  person.totpSecretFrom === null ? null : deps.readSecret(person.totpSecretFrom);

/**
 * The person who has proven a one-time code, or null when none was typed. Each code works once: its use is appended before
 * anything is done with it, and whoever appends second is refused (RFC 6238 section 5.2; throttling: RFC 4226 section 7.3).
 */
export const proveByCode = async (deps: Deps, asker: Asker, config: Config): Promise<Answer<Person | null>> => {
  const { proof } = asker;
  if (proof === null) return granted(null);
  if (asker.presented.door === 'aws') {
    return refuse([
      'A one-time code is for a terminal that runs under an operating-system account; you are known already.',
    ]);
  }
  // A terminal may be lent to the one who has the code; a Slack account is one person's, and the code is its second proof.
  if (asker.presented.door === 'slack') {
    const standing = standingOf(config, asker.presented);
    if (standing.kind !== 'person' || standing.person !== proof.person)
      return refuse(['In Slack everybody proves only himself by a one-time code.']);
  }
  const person = config.people.find((candidate) => candidate.person === proof.person);
  const secret = person === undefined ? null : await secretOf(deps, person);
  if (person === undefined || secret === null) {
    return refuse([`There is no secret for one-time codes of "${proof.person}" on this machine.`]);
  }
  const memory = remember(await deps.journal.read(streamOf(person), 0));
  const now = deps.clock.now();
  const left = memory.lastWrongAt + WAIT_MS - now;
  if (memory.wrongInARow >= MOST_WRONG && left > 0) {
    return refuse([`Too many wrong codes for ${person.person}. Try again in ${durationText(left)}.`]);
  }
  const { lastCounter } = memory;
  const answer = checkCode({ secret, code: proof.code, now, lastCounter, hmac: deps.hmac });
  if (!answer.ok && answer.because === 'bad-secret') {
    return refuse([`The secret for one-time codes of ${person.person} is no base32 text of at least 16 bytes.`]);
  }
  const event = answer.ok
    ? { type: 'code.used', data: { counter: answer.counter, door: asker.door } }
    : { type: 'code.refused', data: { because: answer.because, door: asker.door } };
  const appended = await deps.journal.append({
    stream: streamOf(person),
    expectedVersion: memory.version,
    events: [event],
  });
  if (!appended.ok) return refuse(['Somebody used a one-time code at the same moment. Type the next one.']);
  if (answer.ok) return granted(person);
  const why = answer.because === 'used' ? 'has been used already; wait for the next one' : 'is wrong, or too old';
  return refuse([`The one-time code of ${person.person} ${why}.`]);
};
