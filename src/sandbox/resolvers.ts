import type { DnsAnswer } from './dns-types.ts';

/** How a part of the users' resolvers bends a TTL. */
export type Stretcher = {
  /** Part of all users behind such resolvers, 0..1. */
  readonly users: number;
  readonly stretch:
    | { readonly kind: 'factor'; readonly factor: number }
    /** Keeps an answer at least so long. */
    | { readonly kind: 'atLeast'; readonly ttlSeconds: number }
    /** Never asks again: a JVM that caches for ever. */
    | { readonly kind: 'forever' };
};

export type FleetOptions = {
  /** How many resolvers there are. Some have more users than others, as in life. */
  readonly resolvers: number;
  readonly stretchers: readonly Stretcher[];
  readonly names: readonly string[];
  readonly type: string;
  /** Uniform in [0, 1); the whole fleet is a function of it, of the clock and of the answers. */
  readonly random: () => number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Asks the name servers. A rejection counts as no answer: the resolver asks again at the next tick. */
  readonly ask: (name: string, type: string, resolver: string) => DnsAnswer | Promise<DnsAnswer>;
  /** Questions under way at once, so that real sockets do not run out. Default 64. */
  readonly inFlight?: number;
};

/** Users by the address they are sent to, as parts of all users of the class; parts add up to 1 with `unanswered`. */
export type ClassShares = {
  /** Part of all users in this class. */
  readonly users: number;
  readonly shares: Readonly<Record<string, number>>;
  /** Part of the class that has no address: never asked, refused, no such name. */
  readonly unanswered: number;
};

export type FleetShares = {
  readonly all: ClassShares;
  readonly honouring: ClassShares;
  readonly stretching: ClassShares;
};

export type ResolverFleet = {
  /** Asks again for everything that has expired. A call while another runs joins it. */
  readonly tick: () => Promise<void>;
  readonly shares: (name: string) => FleetShares;
  /** The earliest instant at which an entry expires; `now` where something was never answered. */
  readonly nextExpiry: () => number;
  readonly asked: () => number;
};

type Resolver = { readonly id: string; readonly users: number; readonly stretch: Stretcher['stretch'] | undefined };
type Entry = { readonly addresses: readonly string[]; readonly expiresAt: number; readonly isFailure: boolean };

/** How long "no such name" is kept where the answer brings no SOA. */
const NEGATIVE_TTL_SECONDS = 5;

/** A failed question is not asked again at once. */
const FAILURE_TTL_SECONDS = 1;

const makeResolvers = ({ resolvers, stretchers, random }: FleetOptions): readonly Resolver[] => {
  // Sizes from 1 to 4: unequal as in life, but a few hundred resolvers stand for millions and must not sway like hundreds.
  const sizes = Array.from({ length: resolvers }, () => 4 ** random());
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const quotas = stretchers.map(({ users, stretch }) => ({ left: users, stretch }));
  return sizes.map((size, index) => {
    const users = size / total;
    // A resolver joins the first class that has more room than half of it, which keeps every class within one resolver of its part.
    const quota = quotas.find(({ left }) => left > users / 2);
    if (quota !== undefined) quota.left -= users;
    return { id: `resolver-${index + 1}`, users, stretch: quota?.stretch };
  });
};

const keptSeconds = (ttlSeconds: number, stretch: Resolver['stretch']): number => {
  switch (stretch?.kind) {
    case 'factor':
      return ttlSeconds * stretch.factor;
    case 'atLeast':
      return Math.max(ttlSeconds, stretch.ttlSeconds);
    case 'forever':
      return Number.POSITIVE_INFINITY;
    default:
      return ttlSeconds;
  }
};

const ttlOf = (answer: DnsAnswer): number => {
  const records = answer.answers.length > 0 ? answer.answers : answer.authority;
  return records.length === 0 ? NEGATIVE_TTL_SECONDS : Math.min(...records.map((record) => record.ttlSeconds));
};

const sum = (fleet: readonly Resolver[], cache: ReadonlyMap<Resolver, Entry>): ClassShares => {
  const byAddress = new Map<string, number>();
  let users = 0;
  let unanswered = 0;
  for (const resolver of fleet) {
    users += resolver.users;
    const addresses = cache.get(resolver)?.addresses ?? [];
    if (addresses.length === 0) unanswered += resolver.users;
    const each = resolver.users / addresses.length;
    for (const address of addresses) byAddress.set(address, (byAddress.get(address) ?? 0) + each);
  }
  const part = (value: number) => (users === 0 ? 0 : value / users);
  const shares = Object.fromEntries([...byAddress].map(([address, value]) => [address, part(value)]));
  return { users, shares, unanswered: part(unanswered) };
};

/**
 * The resolvers between the name servers and the users. Each keeps an answer for its TTL, so that a change of weights reaches
 * the users little by little; their clocks are staggered from the start, so the decay is a slope and not a cliff.
 */
export const createResolverFleet = (options: FleetOptions): ResolverFleet => {
  const { names, type, random, now, ask, inFlight = 64 } = options;
  const fleet = makeResolvers(options);
  const honouring = fleet.filter(({ stretch }) => stretch === undefined);
  const stretching = fleet.filter(({ stretch }) => stretch !== undefined);
  const caches = new Map(names.map((name) => [name, new Map<Resolver, Entry>()]));
  // Shares are asked for far more often than answers change, and adding up a fleet is most of what a drill computes.
  const added = new Map<string, FleetShares>();
  let asked = 0;
  let running: Promise<void> | undefined;

  const cacheOf = (name: string): Map<Resolver, Entry> => {
    const cache = caches.get(name);
    if (cache === undefined) throw new RangeError(`no resolver of this fleet asks for ${name}`);
    return cache;
  };

  const expiryOf = (resolver: Resolver, previous: Entry | undefined, ttlSeconds: number): number => {
    const keptMs = keptSeconds(ttlSeconds, resolver.stretch) * 1000;
    const at = now();
    // The first entry is caught somewhere in its life: without this the whole fleet would expire in one instant.
    if ((previous === undefined || previous.isFailure) && Number.isFinite(keptMs)) return at + random() * keptMs;
    // Counted from the expiry, not from a late tick: coarse ticks would otherwise bring the fleet into step.
    const inStep = (previous?.expiresAt ?? at) + keptMs;
    return inStep > at ? inStep : at + keptMs;
  };

  const failure = (): Entry => ({ addresses: [], expiresAt: now() + FAILURE_TTL_SECONDS * 1000, isFailure: true });

  const refresh = async (name: string, resolver: Resolver): Promise<void> => {
    const cache = cacheOf(name);
    const previous = cache.get(resolver);
    asked += 1;
    try {
      const answer = await ask(name, type, resolver.id);
      const addresses = answer.answers.filter((record) => record.type === type).map(({ data }) => data);
      const isFailure = answer.rcode === 'SERVFAIL' || answer.rcode === 'REFUSED';
      if (isFailure) cache.set(resolver, failure());
      else cache.set(resolver, { addresses, expiresAt: expiryOf(resolver, previous, ttlOf(answer)), isFailure });
    } catch {
      cache.set(resolver, failure());
    }
    added.delete(name);
  };

  const refreshExpired = async (): Promise<void> => {
    const at = now();
    const due = names.flatMap((name) => {
      const cache = cacheOf(name);
      return fleet
        .filter((resolver) => (cache.get(resolver)?.expiresAt ?? at) <= at)
        .map((resolver) => ({ name, resolver }));
    });
    for (let from = 0; from < due.length; from += inFlight)
      await Promise.all(due.slice(from, from + inFlight).map(({ name, resolver }) => refresh(name, resolver)));
  };

  return {
    tick: async () => {
      running ??= refreshExpired().finally(() => {
        running = undefined;
      });
      await running;
    },
    shares: (name) => {
      const cache = cacheOf(name);
      const known = added.get(name) ?? {
        all: sum(fleet, cache),
        honouring: sum(honouring, cache),
        stretching: sum(stretching, cache),
      };
      added.set(name, known);
      return known;
    },
    nextExpiry: () => {
      const at = now();
      const expiries = names.flatMap((name) => fleet.map((resolver) => cacheOf(name).get(resolver)?.expiresAt ?? at));
      return expiries.reduce((least, expiry) => Math.min(least, expiry), Number.POSITIVE_INFINITY);
    },
    asked: () => asked,
  };
};
