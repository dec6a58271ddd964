import { ProviderError } from '../../../providers/errors.ts';
import type { RecordOutcome, RecordQuery } from '../../../providers/records.ts';
import { diffOf } from '../../dns/diff.ts';
import { nameInZone } from '../../dns/names.ts';
import type { Planned } from '../../dns/planned.ts';
import { indispensable } from '../../dns/protected.ts';
import { unsupported } from '../../dns/supported.ts';
import { canonicalText } from '../../domain/canonical.ts';
import { canonicalType } from '../../domain/rdata.ts';
import type { RecordChange, RecordKey, RecordSet, Zone } from '../../domain/record-sets.ts';
import { type Answer, granted, refuse } from '../answer.ts';
import type { Session } from '../session.ts';
import { asked, type DnsAsk, type OpenedZone, openZone, type Where } from './account.ts';
import { judged } from './judge.ts';
import { frozen, steered } from './objections.ts';
import type { ChangeResult, Prepared } from './prepared.ts';

/** A set as somebody types it. */
export interface SetTyped {
  readonly name: string;
  readonly type: string;
  readonly qualifier: string | null;
}

/** The key that was meant, or every sentence why there is none. */
export const keyTyped = ({ name, type, qualifier }: SetTyped, zone: Zone): Answer<RecordKey> => {
  const named = nameInZone(name, zone.name);
  const typed = canonicalType(type);
  const problems = [...(named.ok ? [] : [named.problem]), ...(typed.ok ? [] : [`${typed.because}.`])];
  return named.ok && typed.ok
    ? granted({ name: named.name, type: typed.value, qualifier })
    : refuse(problems, { kind: 'usage' });
};

const send = async (
  { records, zone }: OpenedZone,
  changes: readonly RecordChange[],
  comment: string,
  signal: AbortSignal,
): Promise<readonly ChangeResult[]> => {
  const failedAll = (error: ProviderError): readonly RecordOutcome[] =>
    changes.map(() => ({ outcome: 'failed', kind: error.kind, because: error.message }));
  const sent = async (): Promise<readonly RecordOutcome[]> => {
    try {
      return await records.change(zone.id, changes, comment, signal);
    } catch (error) {
      if (error instanceof ProviderError) return failedAll(error);
      const because = error instanceof Error ? error.message : 'unknown failure';
      return failedAll(new ProviderError('unknown-outcome', because, { cause: error }));
    }
  };
  return judged(records, zone.id, changes, await sent());
};

/** Honest about what the vendor cannot promise. */
const emulatedRemark = ({ records, provider }: OpenedZone, changes: readonly RecordChange[]): readonly string[] =>
  records.capabilities.conditionalWrite === 'native' || changes.length === 0
    ? []
    : [`Conditional writes of ${provider} count as emulated: a race of milliseconds may stay.`];

/** Worked out and ready to be shown: what would change in one zone, why it may not, and how it is sent. */
export const preparedRecords = (
  ask: DnsAsk,
  opened: OpenedZone,
  verb: string,
  changes: readonly RecordChange[],
  remarks: readonly string[],
): Prepared => {
  const { provider, zone, twins, records, session } = opened;
  const objectionsIn = ({ fleet, config }: Session) => [
    ...steered(changes, config, provider, { ...zone, twins }),
    ...(changes.length === 0 ? [] : frozen(fleet, ask.deps.clock.now())),
  ];
  return {
    provider,
    zone: { id: zone.id, name: zone.name },
    verb,
    sets: changes,
    whole: null,
    digest: ask.deps.hash.of(canonicalText({ provider, zone: zone.id, changes })),
    diff: diffOf(changes),
    zoneDiff: [],
    remarks: [...remarks, ...emulatedRemark(opened, changes)],
    blocked: [],
    isNothing: changes.length === 0,
    deed: 'change-records',
    objectionsIn,
    objections: objectionsIn(session),
    perform: (comment, signal) => send(opened, changes, comment, signal),
    arrived: async (ids, signal) => {
      if (ids.length === 0) return null;
      const told = await records.propagation(ids, signal);
      return ids.every((id) => told.get(id) === 'unknown-change')
        ? null
        : ids.every((id) => told.get(id) !== 'pending');
    },
  };
};

/** Every problem that the account has with what would be left, in sentences. */
export const problemsOfChanges = (
  { records, provider, zone }: OpenedZone,
  changes: readonly RecordChange[],
): readonly string[] => [
  ...indispensable(changes, zone.name),
  ...changes.flatMap(({ leaves }) => (leaves === null ? [] : unsupported(leaves, records.capabilities, provider))),
];

/** Reads the sets of one name and type, and works out what would change there. */
export const prepareRecords = async (
  ask: DnsAsk,
  where: Where,
  typed: SetTyped,
  verb: string,
  plan: (key: RecordKey, held: readonly RecordSet[], opened: OpenedZone) => Planned | Promise<Answer<Planned>>,
): Promise<Answer<Prepared>> => {
  const opened = await openZone(ask, where);
  if (!opened.ok) return opened;
  const { provider, records, zone } = opened.value;
  const key = keyTyped(typed, zone);
  if (!key.ok) return key;
  const query: RecordQuery = { name: key.value.name, type: key.value.type };
  const held = await asked(provider, () => records.recordSets(zone.id, query, ask.signal));
  if (!held.ok) return held;
  const made = await plan(key.value, held.value, opened.value);
  const planned = 'changes' in made || 'problems' in made ? granted<Planned>(made) : made;
  if (!planned.ok) return planned;
  if (!planned.value.ok) return refuse(planned.value.problems, { kind: 'usage' });
  const { changes, remarks } = planned.value;
  const problems = problemsOfChanges(opened.value, changes);
  return problems.length > 0
    ? refuse(problems, { kind: 'usage' })
    : granted(preparedRecords(ask, opened.value, verb, changes, remarks));
};
