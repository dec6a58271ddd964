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

/** Name, TTL, email: each is compared by itself. */
const partsOf = (zone: Omit<Zone, 'id'> | null): readonly string[] =>
  zone === null
    ? ['', '', '']
    : [
        zone.name,
        zone.ttlSeconds === null ? '' : `ttl ${zone.ttlSeconds}`,
        zone.email === null ? '' : `email ${zone.email}`,
      ];

const zoneDiffOf = ({ before, after }: ZoneChange): readonly string[] => {
  const next = partsOf(after);
  return partsOf(before).flatMap((old, part) => {
    const becomes = next[part] ?? '';
    if (old === becomes) return old === '' ? [] : [`  ${old}`];
    return [...(old === '' ? [] : [`- ${old}`]), ...(becomes === '' ? [] : [`+ ${becomes}`])];
  });
};

const isAs = (zone: Zone, after: Omit<Zone, 'id'>): boolean =>
  (after.ttlSeconds === null || zone.ttlSeconds === after.ttlSeconds) &&
  (after.email === null || zone.email === after.email);

/** Whether it stands there as it should, though the answer was lost. */
const isThere = async ({ records }: OpenAccount, { before, after }: ZoneChange): Promise<boolean> => {
  const zones = await records.zones(after?.name ?? before?.name ?? null, new AbortController().signal);
  return after === null ? !zones.some(({ id }) => id === before?.id) : zones.some((zone) => isAs(zone, after));
};

const failedText = (error: unknown): string => {
  if (error instanceof ProviderError) return `${error.message} (${error.kind})`;
  return error instanceof Error ? error.message : 'unknown failure';
};

const perform = async (
  opened: OpenAccount,
  change: ZoneChange,
  signal: AbortSignal,
): Promise<readonly ChangeResult[]> => {
  const { records } = opened;
  const { before, after } = change;
  const name = after?.name ?? before?.name ?? '';
  const result = (what: string, outcome: ChangeResult['outcome'], because: string | null): ChangeResult => ({
    what,
    outcome,
    change: null,
    because,
    diff: null,
  });
  try {
    const made = after === null ? null : await records.putZone(after, signal);
    if (after === null && before !== null) await records.deleteZone(before.id, signal);
    return [result(made === null || made.id === name ? `zone ${name}` : `zone ${name} (${made.id})`, 'landed', null)];
  } catch (error) {
    const isSure = error instanceof ProviderError && error.kind !== 'unknown-outcome' && error.kind !== 'unreadable';
    const isLanded = !isSure && (await isThere(opened, change).catch(() => false));
    if (isLanded) return [result(`zone ${name}`, 'landed', 'the answer was lost; a later look found it there')];
    return [result(`zone ${name}`, 'failed', failedText(error))];
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
