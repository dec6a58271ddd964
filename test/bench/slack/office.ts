import { createHmac } from 'node:crypto';
import type { Config } from '../../../src/domain/config.ts';
import type { RunId } from '../../../src/domain/ids.ts';
import type { MoveRequest } from '../../../src/domain/plan.ts';
import type { Answer } from '../../../src/operations/answer.ts';
import { approve } from '../../../src/operations/approve.ts';
import { configRules } from '../../../src/operations/config-rules.ts';
import type { Deps } from '../../../src/operations/deps.ts';
import { fleetReader } from '../../../src/operations/fleet-reader.ts';
import { proposeMove } from '../../../src/operations/propose-move.ts';
import { propose } from '../../../src/planner/propose.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { FLEET_STREAM } from '../../../src/run/events.ts';
import type { Store } from '../../../src/store/store.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { timeSortedIds } from '../../../src/system/ids.ts';
import type { Model } from '../../support/model.ts';
import { requestOf } from '../engine.ts';
import { askerOf, type Member, SECRETS, someone } from './crowd.ts';

export interface OfficeParts {
  readonly model: Model;
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Config;
  readonly random: () => number;
}

/** The operations over a model and whatever store, as a process that serves has them. */
export const officeOver = ({ model, store, clock, config, random }: OfficeParts): Deps => {
  const rules = configRules((stored) => stored as Config);
  const executor = model.deps();
  return {
    journal: store.journal,
    fleet: fleetReader(store.journal),
    archive: store.archive,
    lease: store.lease,
    clock,
    ids: timeSortedIds(clock, { next: random }),
    hash: sha256,
    hmac: (key, message) => createHmac('sha1', key).update(message).digest(),
    config: { ...rules, parse: (text) => ({ ok: true, config: JSON.parse(text) as Config }) },
    readConfigFile: async () => ({ name: 'steer.yaml', text: JSON.stringify(config) }),
    readSecret: async (source) => ('env' in source ? (SECRETS.get(source.env) ?? null) : null),
    gather: (question) => executor.gather(question, new AbortController().signal),
    records: async () => ({ accounts: [], problems: [] }),
    answers: {
      servers: async () => [],
      ask: async () => [],
      steered: () => Promise.reject(new Error('the bench has no name servers')),
    },
    propose,
    report: async (events, format) => `${format} of ${events.length} events`,
  };
};

/** Puts a config in force behind everybody's back. */
export const force = async ({ journal }: Pick<Store, 'journal'>, config: Config): Promise<void> => {
  const before = await journal.read(FLEET_STREAM, 0);
  const data = {
    config: JSON.parse(JSON.stringify(config)),
    digest: sha256.of(JSON.stringify(config)),
    by: null,
    second: null,
    changes: [],
  };
  const events = [{ type: 'config.accepted', data }];
  const done = await journal.append({ stream: FLEET_STREAM, expectedVersion: before.length, events });
  if (!done.ok) throw new Error(`no config: ${done.because}`);
};

export const granted = <T>(answer: Answer<T>): T => {
  if (answer.ok) return answer.value;
  const { problems, objections } = answer.refusal;
  throw new Error([...problems, ...objections.map(({ because }) => because)].join(' | '));
};

/** Proposed by an operator and approved by an approver. Throws when it is refused. */
export const begun = async (deps: Deps, members: readonly Member[], move: Partial<MoveRequest>): Promise<RunId> => {
  const asker = askerOf(someone(members, 'operator'));
  const { run } = granted(await proposeMove(deps, asker, requestOf(move)));
  granted(await approve(deps, askerOf(someone(members, 'approver')), { run, digest: null, solo: false }));
  return run;
};
