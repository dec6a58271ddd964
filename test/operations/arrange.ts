import { createHmac } from 'node:crypto';
import { ProviderError } from '../../providers/errors.ts';
import type { Presented } from '../../src/access/standing.ts';
import type { HmacSha1 } from '../../src/access/totp.ts';
import type { Config, Person } from '../../src/domain/config.ts';
import type { RunId } from '../../src/domain/ids.ts';
import type { MoveRequest } from '../../src/domain/plan.ts';
import type { ManyQuestions, ServerSeen } from '../../src/domain/seen-answers.ts';
import type { Instant } from '../../src/domain/units.ts';
import type { Answer } from '../../src/operations/answer.ts';
import { configRules } from '../../src/operations/config-rules.ts';
import type { Asker, Deps, NameServers, RecordAccounts } from '../../src/operations/deps.ts';
import { fleetReader } from '../../src/operations/fleet-reader.ts';
import { proposeMove } from '../../src/operations/propose-move.ts';
import { propose } from '../../src/planner/propose.ts';
import { FLEET_STREAM } from '../../src/run/events.ts';
import { sha256 } from '../../src/system/hash.ts';
import { EAST, type FleetOptions } from '../support/fleet-config.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { buildModel, type Model } from '../support/model.ts';

export const hmac: HmacSha1 = (key, message) => createHmac('sha1', key).update(message).digest();

/** Base32 of the 20 bytes of RFC 6238, appendix B. */
export const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

export interface Desk {
  readonly model: Model;
  readonly clock: ManualClock;
  readonly deps: Deps;
  /** The config file as it lies there; `null` is a file that is gone. */
  file: Config | string | null;
  /** Accounts as zones and records; none until a test puts some here. */
  records: RecordAccounts;
  /** Name servers that say nothing, until a test puts some here. */
  nameServers: { readonly servers: readonly string[] } & Pick<NameServers, 'steered'> & {
      readonly ask: (questions: ManyQuestions) => readonly ServerSeen[];
    };
  /** What the config in force says from now on, put there behind everybody's back. */
  readonly force: (config: Config) => Promise<void>;
}

export const as = (user: string, more: Partial<Asker> = {}): Asker => ({
  presented: { door: 'sandbox', user },
  door: 'cli',
  proof: null,
  ...more,
});

export const fromAccount = (user: string, proof: Asker['proof'] = null): Asker => {
  const presented: Presented = { door: 'os', user };
  return { presented, door: 'cli', proof };
};

export const move = (over: Partial<MoveRequest> = {}): MoveRequest => ({
  verb: 'evacuate',
  mode: 'planned',
  region: EAST,
  services: [],
  to: [],
  share: null,
  because: 'errors in us-east-1',
  stayMs: null,
  overrides: [],
  ...over,
});

/** A whole fleet in memory, with everything an operation needs beside it. */
export const desk = async (
  options: FleetOptions & {
    people?: (people: readonly Person[]) => readonly Person[];
    /** What the clock says; left out, a Monday morning. */
    start?: Instant;
  } = {},
): Promise<Desk> => {
  const clock = new ManualClock(options.start);
  const model = await buildModel(clock, options);
  const rules = configRules((stored) => {
    if (stored === 'unreadable') throw new Error('made by another version');
    return stored as Config;
  });
  let ids = 0;
  const executor = model.deps();
  const made: Desk = {
    model,
    clock,
    file: model.config,
    records: { accounts: [], problems: [] },
    nameServers: {
      servers: [],
      ask: () => [],
      steered: async ({ provider }) => {
        throw new ProviderError('unavailable', `nobody answers at ${provider}`);
      },
    },
    force: async (config) => {
      const events = await model.store.journal.read(FLEET_STREAM, 0);
      const data = {
        config: JSON.parse(JSON.stringify(config)),
        digest: 'forced',
        by: null,
        second: null,
        changes: [],
      };
      await model.store.journal.append({
        stream: FLEET_STREAM,
        expectedVersion: events.length,
        events: [{ type: 'config.accepted', data }],
      });
    },
    deps: {
      journal: model.store.journal,
      fleet: fleetReader(model.store.journal),
      archive: model.store.archive,
      lease: model.store.lease,
      clock,
      ids: {
        next: (prefix) => {
          ids += 1;
          return `${prefix}_${ids}`;
        },
      },
      hash: sha256,
      hmac,
      config: {
        ...rules,
        parse: (text) => {
          if (text.startsWith('{')) return { ok: true, config: JSON.parse(text) as Config };
          return { ok: false, problems: ['steer.yaml:1:1: found nonsense, expected a config'] };
        },
      },
      readConfigFile: async () => {
        if (made.file === null) throw new Error('no such file');
        return { name: 'steer.yaml', text: typeof made.file === 'string' ? made.file : JSON.stringify(made.file) };
      },
      readSecret: async (source) => ('env' in source && source.env === 'SECRET' ? SECRET : null),
      gather: (question) => executor.gather(question, new AbortController().signal),
      records: async () => made.records,
      answers: {
        servers: async () => made.nameServers.servers,
        ask: async (questions) => made.nameServers.ask(questions),
        steered: async (ref) => made.nameServers.steered(ref, new AbortController().signal),
      },
      propose,
      report: async (events, format) => `${format} of ${events.length} events`,
    },
  };
  if (options.people !== undefined) await made.force({ ...model.config, people: options.people(model.config.people) });
  return made;
};

export const granted = <T>(answer: Answer<T>): T => {
  if (answer.ok) return answer.value;
  const { problems, objections } = answer.refusal;
  throw new Error([...problems, ...objections.map(({ because }) => because)].join(' | '));
};

export const problemsOf = (answer: Answer<unknown>): string =>
  answer.ok ? '' : [...answer.refusal.problems, ...answer.refusal.objections.map(({ because }) => because)].join(' | ');

export const proposed = async ({ deps }: Desk, over: Partial<MoveRequest> = {}, by = 'operator-1'): Promise<RunId> =>
  granted(await proposeMove(deps, as(by), move(over))).run;
