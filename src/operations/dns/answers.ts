import { ProviderError } from '../../../providers/errors.ts';
import { type AnswersShown, answersShown, type Configured } from '../../dns/answers.ts';
import { answerText, configuredByRecords, configuredBySet } from '../../dns/configured.ts';
import { absolute } from '../../dns/names.ts';
import type { Config } from '../../domain/config.ts';
import type { ProviderId } from '../../domain/ids.ts';
import { canonicalType } from '../../domain/rdata.ts';
import type { Zone } from '../../domain/record-sets.ts';
import type { ServerSeen } from '../../domain/seen-answers.ts';
import type { SetRef } from '../../domain/steering.ts';
import { type Answer, granted, refuse } from '../answer.ts';
import type { RecordAccount } from '../deps.ts';
import type { DnsAsk } from './account.ts';

/** What somebody typed; null for what he did not. */
export interface AnswersTyped {
  readonly name: string;
  readonly type: string;
  /** Questions to each server. */
  readonly queries: number;
  readonly provider: string | null;
  /** `host:port` each; empty for those of the account or of the zone. */
  readonly servers: readonly string[];
}

/** Types whose answers have one form that a config has, too, so that they can be compared. */
const TYPES: readonly string[] = ['A', 'AAAA', 'CNAME', 'TXT', 'NS', 'PTR'];

type Unknown = { readonly because: string };

const failed = (provider: string, error: unknown): Unknown => {
  if (!(error instanceof ProviderError)) throw error;
  return { because: `${provider} could not be asked: ${error.message} (${error.kind})` };
};

const setsOf = (config: Config | null, name: string, type: string, provider: string | null): readonly SetRef[] =>
  (config?.services ?? [])
    .flatMap(({ sets }) => sets.map(({ ref }) => ref))
    .filter((ref) => ref.name.toLowerCase() === name && ref.type === type)
    .filter((ref) => provider === null || ref.provider === provider);

const holds = (zone: Zone, name: string): boolean => name === zone.name || name.endsWith(`.${zone.name}`);

/** The closest zone of an account that a name is in; null where it has none. */
const zoneFor = async ({ records }: RecordAccount, name: string, signal: AbortSignal): Promise<readonly Zone[]> => {
  const zones = records === null ? [] : await records.zones(null, signal);
  const around = zones.filter((zone) => holds(zone, name));
  const longest = Math.max(0, ...around.map((zone) => zone.name.length));
  return around.filter((zone) => zone.name.length === longest);
};

interface Place {
  readonly account: RecordAccount;
  readonly zone: Zone;
}

const placesOf = async (
  { deps, signal }: DnsAsk,
  name: string,
  provider: string | null,
): Promise<{ readonly places: readonly Place[]; readonly failures: readonly Unknown[] }> => {
  const { accounts } = await deps.records();
  const places: Place[] = [];
  const failures: Unknown[] = [];
  for (const account of accounts.filter((one) => provider === null || one.provider === provider)) {
    try {
      for (const zone of await zoneFor(account, name, signal)) places.push({ account, zone });
    } catch (error) {
      failures.push(failed(account.provider, error));
    }
  }
  return { places, failures };
};

const byRecords = async (
  ask: DnsAsk,
  { name, type, provider }: { readonly name: string; readonly type: string; readonly provider: string | null },
): Promise<{ readonly configured: Configured | Unknown; readonly provider: ProviderId | null }> => {
  const { places, failures } = await placesOf(ask, name, provider);
  const [place, ...more] = places;
  const [failure] = failures;
  if (place === undefined)
    return { configured: failure ?? { because: 'no account has a zone for it' }, provider: null };
  if (more.length > 0) {
    const where = places.map(({ account, zone }) => `${account.provider} (${zone.id})`).join(', ');
    return {
      configured: { because: `several zones hold it: ${where}; say which account: --provider NAME` },
      provider: null,
    };
  }
  const { account, zone } = place;
  try {
    const sets = (await account.records?.recordSets(zone.id, { name, type }, ask.signal)) ?? [];
    return {
      configured: configuredByRecords(sets, { provider: account.provider, zone: zone.name, type }),
      provider: account.provider,
    };
  } catch (error) {
    return { configured: failed(account.provider, error), provider: account.provider };
  }
};

const bySet = async (
  { deps, signal }: DnsAsk,
  ref: SetRef,
): Promise<(seen: ReadonlySet<string>) => Configured | Unknown> => {
  try {
    const { state, granularity } = await deps.answers.steered(ref, signal);
    return (seen) => configuredBySet(state, granularity, { provider: ref.provider, type: ref.type }, seen);
  } catch (error) {
    const because = failed(ref.provider, error);
    return () => because;
  }
};

const valuesIn = (seen: readonly ServerSeen[], type: string): ReadonlySet<string> =>
  new Set(seen.flatMap(({ replies }) => replies).flatMap(({ data }) => data.map((value) => answerText(type, value))));

/** In the one form that the configured values have, too. */
const inOneForm = (seen: readonly ServerSeen[], type: string): readonly ServerSeen[] =>
  seen.map((server) => ({
    ...server,
    replies: server.replies.map(({ data, count }) => ({ data: data.map((value) => answerText(type, value)), count })),
  }));

/** What is configured, read before anything is asked, and whose servers are to be asked. */
interface Aim {
  readonly provider: ProviderId | null;
  readonly configured: (seen: ReadonlySet<string>) => Configured | Unknown;
}

const aimAt = async (ask: DnsAsk, typed: AnswersTyped, name: string, type: string): Promise<Answer<Aim>> => {
  const session = await ask.sessions.open();
  if (!session.ok) {
    // Asking servers needs no config, so that this works also where there is none.
    const because = session.refusal.problems.join(' ');
    return typed.servers.length > 0 ? granted({ provider: null, configured: () => ({ because }) }) : session;
  }
  const { config } = session.value;
  const { accounts } = await ask.deps.records();
  const names = accounts.map(({ provider }) => provider);
  if (typed.provider !== null && !names.some((known) => known === typed.provider)) {
    return refuse([`There is no account ${typed.provider}. There are: ${names.join(', ')}.`], { kind: 'usage' });
  }
  const [ref, ...more] = setsOf(config, name, type, typed.provider);
  if (more.length > 0) {
    const several = [...new Set([ref, ...more].flatMap((set) => set?.provider ?? []))];
    return refuse([`${name} ${type} is steered at ${several.join(' and ')}. Say which: --provider NAME.`], {
      kind: 'usage',
    });
  }
  if (ref !== undefined) return granted({ provider: ref.provider, configured: await bySet(ask, ref) });
  const found = await byRecords(ask, { name, type, provider: typed.provider });
  const provider = found.provider ?? names.find((known) => known === typed.provider) ?? null;
  return granted({ provider, configured: () => found.configured });
};

/**
 * `steer dns answers`: asks every authoritative server of a name directly, many times, and sets what they say beside what is
 * configured. Looking is for everybody. A vendor that does not answer leaves only the comparison out.
 */
export const dnsAnswers = async (ask: DnsAsk, typed: AnswersTyped): Promise<Answer<AnswersShown>> => {
  const canonical = canonicalType(typed.type);
  if (!canonical.ok) return refuse([`${canonical.because}.`], { kind: 'usage' });
  const { value: type } = canonical;
  if (!TYPES.includes(type)) {
    return refuse([`Answers of type ${type} cannot be compared. There are: ${TYPES.join(', ')}.`], { kind: 'usage' });
  }
  const name = absolute(typed.name);
  const aim = await aimAt(ask, typed, name, type);
  if (!aim.ok) return aim;
  const servers = typed.servers.length > 0 ? typed.servers : await ask.deps.answers.servers(aim.value.provider, name);
  if (servers.length === 0) {
    return refuse(
      [
        `Nobody knows which servers answer for ${name}: DNS names none, and no \`nameServers\` stand in the config. Type --server HOST:PORT.`,
      ],
      { kind: 'usage' },
    );
  }
  const told = await ask.deps.answers.ask({ name, type, servers, queries: typed.queries }, ask.signal);
  const seen = inOneForm(told, type);
  return granted(answersShown({ name, type }, seen, aim.value.configured(valuesIn(seen, type))));
};
