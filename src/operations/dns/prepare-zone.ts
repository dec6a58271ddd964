import { ProviderError } from '../../../providers/errors.ts';
import { canonicalText } from '../../domain/canonical.ts';
import type { Objection } from '../../domain/objections.ts';
import type { Zone } from '../../domain/record-sets.ts';
import type { Session } from '../session.ts';
import type { DnsAsk, OpenAccount } from './account.ts';
import { frozen } from './objections.ts';
import type { ChangeResult, Prepared } from './prepared.ts';

/** A change of a zone itself. `after: null` takes it away. */
export interface ZoneChange {
  readonly verb: 'zone add' | 'zone update' | 'zone delete';
  readonly before: Zone | null;
  readonly after: Omit<Zone, 'id'> | null;
  readonly remarks: readonly string[];
  readonly objectionsIn: (session: Session) => readonly Objection[];
}

const partsOf = (zone: Omit<Zone, 'id'> | null): readonly string[] =>
  zone === null
    ? []
    : [
        zone.name,
        ...(zone.ttlSeconds === null ? [] : [`ttl ${zone.ttlSeconds}`]),
        ...(zone.email === null ? [] : [`email ${zone.email}`]),
      ];

const zoneDiffOf = ({ before, after }: ZoneChange): readonly string[] => {
  const [old, next] = [partsOf(before), partsOf(after)];
  return [
    ...old.map((part) => `${next.includes(part) ? ' ' : '-'} ${part}`),
    ...next.filter((part) => !old.includes(part)).map((part) => `+ ${part}`),
  ];
};

const perform = async (
  { records }: OpenAccount,
  { before, after }: ZoneChange,
  signal: AbortSignal,
): Promise<readonly ChangeResult[]> => {
  const name = after?.name ?? before?.name ?? '';
  try {
    const made = after === null ? null : await records.putZone(after, signal);
    if (after === null && before !== null) await records.deleteZone(before.id, signal);
    const what = made === null || made.id === name ? `zone ${name}` : `zone ${name} (${made.id})`;
    return [{ what, outcome: 'landed', change: null, because: null, diff: null }];
  } catch (error) {
    const because =
      error instanceof ProviderError
        ? `${error.message} (${error.kind})`
        : error instanceof Error
          ? error.message
          : 'unknown failure';
    return [{ what: `zone ${name}`, outcome: 'failed', change: null, because, diff: null }];
  }
};

/** Worked out and ready to be shown. */
export const preparedZone = (ask: DnsAsk, opened: OpenAccount, change: ZoneChange): Prepared => {
  const { provider, session } = opened;
  const { before, after, verb, remarks } = change;
  const zoneDiff = zoneDiffOf(change);
  const isNothing = !zoneDiff.some((line) => !line.startsWith(' '));
  const objectionsIn = (at: Session): readonly Objection[] => [
    ...change.objectionsIn(at),
    ...(isNothing ? [] : frozen(at.fleet, ask.deps.clock.now())),
  ];
  return {
    provider,
    zone: { id: before?.id ?? null, name: after?.name ?? before?.name ?? '' },
    verb,
    sets: [],
    whole: { before, after },
    digest: ask.deps.hash.of(canonicalText({ provider, verb, before, after })),
    diff: [],
    zoneDiff,
    remarks,
    blocked: [],
    isNothing,
    deed: 'change-zones',
    objectionsIn,
    objections: objectionsIn(session),
    perform: (_, signal) => perform(opened, change, signal),
    arrived: async () => null,
  };
};
