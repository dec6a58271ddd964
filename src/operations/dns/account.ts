import { ProviderError } from '../../../providers/errors.ts';
import type { Records } from '../../../providers/records.ts';
import { absolute } from '../../dns/names.ts';
import type { ProviderId } from '../../domain/ids.ts';
import type { Zone } from '../../domain/record-sets.ts';
import { type Answer, granted, refuse } from '../answer.ts';
import type { Asker, Deps } from '../deps.ts';
import { type Session, Sessions } from '../session.ts';

/** One command of `steer dns` under way. A one-time code is spent once for all of it. */
export interface DnsAsk {
  readonly deps: Deps;
  readonly asker: Asker;
  readonly sessions: Sessions;
  readonly signal: AbortSignal;
}

export const openDns = (deps: Deps, asker: Asker, signal: AbortSignal): DnsAsk => ({
  deps,
  asker,
  sessions: new Sessions(deps, asker),
  signal,
});

/** An account that was chosen, and who asks. */
export interface OpenAccount {
  readonly session: Session;
  readonly provider: ProviderId;
  readonly vendor: string;
  readonly records: Records;
}

/** What somebody typed: the account (null where there is only one) and the zone, by name or id. */
export interface Where {
  readonly provider: string | null;
  readonly zone: string;
}

/** A question to a vendor: its failure is a sentence with the kind that the runbooks explain. */
export const asked = async <T>(provider: string, question: () => Promise<T>): Promise<Answer<T>> => {
  try {
    return granted(await question());
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return refuse([`${provider}: ${error.message} (${error.kind}: see "Vendor failures" in runbooks/README.md).`], {
      kind: 'unavailable',
    });
  }
};

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'There is none.' : `There are: ${names.join(', ')}.`;

/** Looking is for everybody; who may change is asked when something shall be changed. */
export const openAccount = async ({ deps, sessions }: DnsAsk, name: string | null): Promise<Answer<OpenAccount>> => {
  const session = await sessions.open();
  if (!session.ok) return session;
  const { accounts, problems } = await deps.records();
  const names = accounts.map(({ provider }) => provider);
  const [only, ...others] = accounts;
  if (name === null && others.length > 0)
    return refuse([`Say which account: --provider NAME. ${listed(names)}`], { kind: 'usage' });
  const account = name === null ? only : accounts.find(({ provider }) => provider === name);
  if (accounts.length === 0)
    return refuse(['No account of the config could be opened.', ...problems], { kind: 'unavailable' });
  if (account === undefined)
    return refuse([`There is no account ${name ?? 'in the config'}. ${listed(names)}`, ...problems], { kind: 'usage' });
  const { provider, vendor, records } = account;
  if (records === null)
    return refuse([`${provider} is at ${vendor}, where steer can steer but neither read nor write other records.`]);
  return granted({ session: session.value, provider, vendor, records });
};

const zoneText = ({ id, name }: Zone): string => (id === name ? name : `${name} (${id})`);

/** A zone, and the ids of others of the account that have its name. */
export interface FoundZone {
  readonly zone: Zone;
  readonly twins: readonly string[];
}

/** The zone of that id or name. Two zones of one name are refused and listed: the first is never taken for the one meant. */
export const findZone = async (
  { provider, records }: OpenAccount,
  typed: string,
  signal: AbortSignal,
): Promise<Answer<FoundZone>> => {
  const named = typed.includes('.')
    ? await asked(provider, () => records.zones(absolute(typed), signal))
    : granted<readonly Zone[]>([]);
  if (!named.ok) return named;
  const [zone, ...more] = named.value;
  if (zone !== undefined && more.length === 0) return granted({ zone, twins: [] });
  if (more.length > 0)
    return refuse(
      [
        `${provider} has ${named.value.length} zones ${absolute(typed)}. Type the id of one: ${named.value.map(({ id }) => id).join(', ')}.`,
      ],
      {
        kind: 'usage',
      },
    );
  const all = await asked(provider, () => records.zones(null, signal));
  if (!all.ok) return all;
  const byId = all.value.find(({ id }) => id === typed);
  if (byId !== undefined) {
    const twins = all.value.filter(({ id, name }) => name === byId.name && id !== byId.id).map(({ id }) => id);
    return granted({ zone: byId, twins });
  }
  return refuse([`${provider} has no zone ${typed}. ${listed(all.value.map(zoneText))}`], { kind: 'usage' });
};

export type OpenedZone = OpenAccount & FoundZone;

/** Account and zone at once. */
export const openZone = async (ask: DnsAsk, { provider, zone: typed }: Where): Promise<Answer<OpenedZone>> => {
  const account = await openAccount(ask, provider);
  if (!account.ok) return account;
  const zone = await findZone(account.value, typed, ask.signal);
  return zone.ok ? granted({ ...account.value, ...zone.value }) : zone;
};
