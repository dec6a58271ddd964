import { type FakeKey, type Signed, signatureOf, signedReplies } from './tsig.ts';
import { type FakeMessage, type FakeRecord, type FakeReply, nameBytes, parseRequest, replyBytes } from './wire.ts';
import {
  bumped,
  CODE,
  type FakeSet,
  type FakeZoneData,
  isSame,
  prerequisites,
  prescan,
  serialOf,
  setKey,
  updated,
} from './zone.ts';

const [CNAME, SOA, NS, AXFR] = [5, 6, 2, 252];
const IN = 1;
const UPDATE = 5;

export interface FakeDnsOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long the secondary shows what was; 0 where there is none behind. */
  readonly propagationMs: number;
}

/** What a request was and what became of it, for whoever counts. */
export interface FakeDnsCall {
  readonly kind: 'question' | 'transfer' | 'update';
  readonly rcode: number;
  readonly tookEffect: boolean;
}

export type FakeServer = 'primary' | 'secondary';

interface Moment {
  readonly at: number;
  readonly sets: FakeZoneData;
}

const RECORDS_PER_MESSAGE = 50;

const numbers = (...values: readonly number[]): string =>
  values.map((value) => value.toString(16).padStart(8, '0')).join('');

const recordsOf = ({ name, type, ttl, data }: FakeSet): readonly FakeRecord[] =>
  data.map((one) => ({ name, type, class: IN, ttl, data: one }));

/** An authoritative primary and a secondary behind it: signed updates with conditions, transfers, questions. */
export const createFakeDns = ({ now, propagationMs }: FakeDnsOptions) => {
  const zones = new Map<string, Moment[]>();
  const calls: FakeDnsCall[] = [];
  let keys: readonly FakeKey[] = [];

  const nowSeconds = (): number => Math.floor(now() / 1000);

  const setsOf = (zone: string): FakeZoneData => zones.get(zone)?.at(-1)?.sets ?? new Map();

  /** What the secondary has by now: the last that is old enough. */
  const shownBy = (server: FakeServer, zone: string): FakeZoneData | undefined => {
    const history = zones.get(zone);
    if (server === 'primary') return history?.at(-1)?.sets;
    return history?.findLast(({ at }) => now() - at >= propagationMs)?.sets ?? history?.[0]?.sets;
  };

  const write = (zone: string, sets: FakeZoneData): boolean => {
    if (isSame(setsOf(zone), sets)) return false;
    zones.set(zone, [...(zones.get(zone) ?? []), { at: now(), sets: bumped(sets, zone) }]);
    return true;
  };

  const update = (
    zone: string,
    { sections }: FakeMessage,
  ): { readonly rcode: number; readonly tookEffect: boolean } => {
    const sets = setsOf(zone);
    const failed = prerequisites(sections[0], zone, sets) || prescan(sections[1], zone);
    if (failed !== CODE.noError) return { rcode: failed, tookEffect: false };
    return { rcode: CODE.noError, tookEffect: write(zone, updated(sections[1], zone, sets)) };
  };

  const found = (sets: FakeZoneData, name: string, type: number): readonly FakeRecord[] => {
    const set = sets.get(setKey(name, type)) ?? sets.get(setKey(name, CNAME));
    return set === undefined ? [] : recordsOf(set);
  };

  const zoneFor = (name: string): string | undefined =>
    [...zones.keys()]
      .filter((zone) => name === zone || name.endsWith(`.${zone}`))
      .toSorted((a, b) => b.length - a.length)[0];

  const question = (server: FakeServer, { question: { name, type } }: FakeMessage): FakeReply => {
    const zone = zoneFor(name);
    const sets = zone === undefined ? undefined : shownBy(server, zone);
    if (sets === undefined) return { rcode: CODE.refused, authoritative: false, answers: [] };
    const isThere = [...sets.values()].some((set) => set.name === name || set.name.endsWith(`.${name}`));
    return { rcode: isThere ? CODE.noError : CODE.nxDomain, authoritative: true, answers: found(sets, name, type) };
  };

  const transfer = (zone: string): readonly FakeReply[] => {
    const sets = setsOf(zone);
    const soa = found(sets, zone, SOA);
    const all = [...soa, ...[...sets.values()].filter(({ type }) => type !== SOA).flatMap(recordsOf), ...soa];
    return Array.from({ length: Math.ceil(all.length / RECORDS_PER_MESSAGE) }, (_, index) => ({
      rcode: CODE.noError,
      authoritative: true,
      answers: all.slice(index * RECORDS_PER_MESSAGE, (index + 1) * RECORDS_PER_MESSAGE),
    }));
  };

  const refusal = (rcode: number): readonly FakeReply[] => [{ rcode, authoritative: false, answers: [] }];

  const noted = (kind: FakeDnsCall['kind'], rcode: number, tookEffect = false): void =>
    void calls.push({ kind, rcode, tookEffect });

  const judged = (server: FakeServer, request: FakeMessage, signature: Signed | null): readonly FakeReply[] => {
    const { question: asked, flags } = request;
    const isUpdate = ((flags >> 11) & 15) === UPDATE;
    const kind = isUpdate ? 'update' : asked.type === AXFR ? 'transfer' : 'question';
    if (signature !== null && signature.error !== 0) {
      noted(kind, CODE.notAuth);
      return refusal(CODE.notAuth);
    }
    if (kind === 'question') {
      const reply = question(server, request);
      noted(kind, reply.rcode);
      return [reply];
    }
    const refused = ((): number => {
      if (!zones.has(asked.name)) return CODE.notAuth;
      if (isUpdate && asked.type !== SOA) return CODE.formErr;
      return signature === null ? CODE.refused : CODE.noError;
    })();
    if (refused !== CODE.noError) {
      noted(kind, refused);
      return refusal(refused);
    }
    if (kind === 'transfer') {
      noted(kind, CODE.noError);
      return transfer(asked.name);
    }
    const { rcode, tookEffect } = update(asked.name, request);
    noted(kind, rcode, tookEffect);
    return refusal(rcode);
  };

  /** The answers to one request, as many messages as it takes; none at all to what is no message. */
  const handle = (server: FakeServer, bytes: Uint8Array, forced: number | null = null): readonly Buffer[] => {
    const raw = Buffer.from(bytes);
    const request = parseRequest(raw);
    const signature = signatureOf(raw, request, keys, nowSeconds());
    const replies = forced === null ? judged(server, request, signature) : refusal(forced);
    const plain = replies.map((reply) => replyBytes(request, reply));
    return signature === null ? plain : signedReplies(plain, signature, nowSeconds());
  };

  return {
    handle,
    calls: calls as readonly FakeDnsCall[],
    setKeys: (next: readonly FakeKey[]): void => {
      keys = next;
    },
    /** A zone with SOA and NS, as it has been for ever. Names without trailing dot. */
    addZone: (zone: string, sets: readonly FakeSet[] = [], serial = 1): void => {
      const soa = [nameBytes(`ns1.${zone}`), nameBytes(`hostmaster.${zone}`)]
        .map((name) => name.toString('hex'))
        .join('');
      const own: FakeSet[] = [
        { name: zone, type: SOA, ttl: 3600, data: [`${soa}${numbers(serial, 3600, 600, 86_400, 60)}`] },
        { name: zone, type: NS, ttl: 3600, data: [nameBytes(`ns1.${zone}`).toString('hex')] },
      ];
      const all = [...own, ...sets].map((set) => [setKey(set.name, set.type), set] as const);
      zones.set(zone, [{ at: Number.NEGATIVE_INFINITY, sets: new Map(all) }]);
    },
    zones: (): readonly string[] => [...zones.keys()],
    dropZone: (zone: string): boolean => zones.delete(zone),
    sets: setsOf,
    serial: (zone: string): number => serialOf(setsOf(zone), zone),
    shown: (zone: string): FakeZoneData => shownBy('secondary', zone) ?? new Map(),
    /** Somebody else's hand, or another door of the same server. True where anything changed. */
    edit: (zone: string, change: (sets: Map<string, FakeSet>) => void): boolean => {
      const sets = new Map(setsOf(zone));
      change(sets);
      return write(zone, sets);
    },
  };
};

export type FakeDns = ReturnType<typeof createFakeDns>;
