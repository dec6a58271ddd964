import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProviderError } from '../errors.ts';
import { joined, MalformedDns, Reader, u16, u32, u48 } from './bytes.ts';
import { type DnsMessage, decodeMessage, type WireRecord } from './message.ts';
import { comparable, encodeName, readName } from './names.ts';
import { CLASS, TYPE } from './types.ts';

export const TSIG_ALGORITHMS = ['hmac-sha256', 'hmac-sha512'] as const;
export type TsigAlgorithm = (typeof TSIG_ALGORITHMS)[number];

const HASH: Readonly<Record<TsigAlgorithm, string>> = { 'hmac-sha256': 'sha256', 'hmac-sha512': 'sha512' };

export interface TsigKey {
  readonly name: string;
  readonly algorithm: TsigAlgorithm;
  readonly secret: Uint8Array;
}

/** The secret of a key out of its Base64. Throws `unauthorised`, without a word of it, where it is none. */
export const tsigSecret = (provider: string, text: string): Uint8Array => {
  const secret = text.trim();
  if (/^[A-Za-z0-9+/]{4,}={0,2}$/.test(secret) && secret.length % 4 === 0) return Buffer.from(secret, 'base64');
  throw new ProviderError('unauthorised', `provider ${provider}: the TSIG secret is not Base64`);
};

/** Why a server did not take a signature (RFC 8945, 3). */
export const TSIG_ERROR = { badSig: 16, badKey: 17, badTime: 18, badTrunc: 22 } as const;

/** Clocks may differ by this much (RFC 8945, 10, recommends 300). */
const FUDGE_SECONDS = 300;

/** A transfer must sign at least every hundredth message (RFC 8945, 5.3.1). */
const MOST_UNSIGNED = 99;

interface Signature {
  readonly algorithm: string;
  readonly time: number;
  readonly fudge: number;
  readonly mac: Uint8Array;
  readonly originalId: number;
  readonly error: number;
  readonly other: Uint8Array;
}

const macOf = (key: TsigKey, ...parts: readonly Uint8Array[]): Uint8Array =>
  createHmac(HASH[key.algorithm], key.secret)
    .update(joined(...parts))
    .digest();

const sized = (mac: Uint8Array): Uint8Array => joined(u16(mac.length), mac);

const timers = ({ time, fudge }: Pick<Signature, 'time' | 'fudge'>): Uint8Array => joined(u48(time), u16(fudge));

/** What is signed beside the message (RFC 8945, 4.3.3). */
const variables = (key: TsigKey, signature: Omit<Signature, 'mac' | 'originalId' | 'algorithm'>): Uint8Array =>
  joined(
    encodeName(comparable(key.name)),
    u16(CLASS.ANY),
    u32(0),
    encodeName(`${key.algorithm}.`),
    timers(signature),
    u16(signature.error),
    u16(signature.other.length),
    signature.other,
  );

/** The message with its signature as the last record, and the MAC that its answer is tied to. */
export const signed = (
  message: Uint8Array,
  key: TsigKey,
  nowSeconds: number,
): { readonly message: Uint8Array; readonly mac: Uint8Array } => {
  const signature = { time: nowSeconds, fudge: FUDGE_SECONDS, error: 0, other: new Uint8Array() };
  const mac = macOf(key, message, variables(key, signature));
  const data = joined(
    encodeName(`${key.algorithm}.`),
    timers(signature),
    sized(mac),
    message.subarray(0, 2),
    u16(0),
    u16(0),
  );
  const record = joined(
    encodeName(comparable(key.name)),
    u16(TYPE.TSIG),
    u16(CLASS.ANY),
    u32(0),
    u16(data.length),
    data,
  );
  const whole = joined(message, record);
  const additional = new DataView(whole.buffer).getUint16(10);
  new DataView(whole.buffer).setUint16(10, additional + 1);
  return { message: whole, mac };
};

const signatureOf = ({ data }: WireRecord): Signature => {
  const reader = new Reader(data);
  const algorithm = comparable(readName(reader));
  const [time, fudge] = [reader.number(6), reader.number(2)];
  const mac = reader.take(reader.number(2));
  const [originalId, error] = [reader.number(2), reader.number(2)];
  return { algorithm, time, fudge, mac, originalId, error, other: reader.take(reader.number(2)) };
};

/** The message as it was before it was signed. */
const unsigned = (bytes: Uint8Array, lastAt: number, originalId: number): Uint8Array => {
  // A Buffer's own `slice` would share the bytes.
  const copy = Uint8Array.from(bytes.subarray(0, lastAt));
  const view = new DataView(copy.buffer);
  view.setUint16(0, originalId);
  view.setUint16(10, view.getUint16(10) - 1);
  return copy;
};

/** What a signature says of an answer. Only `good` may be believed. */
export type Verdict =
  | { readonly verdict: 'good'; readonly message: DnsMessage }
  /** A message of a transfer between two signed ones: believed only once a later one is good. */
  | { readonly verdict: 'pending'; readonly message: DnsMessage }
  /** The server did not take our signature. `serverSeconds` is its clock where it said so. */
  | { readonly verdict: 'refused'; readonly error: number; readonly serverSeconds: number | null }
  /** Not signed at all: a server that does not know a zone does not know its keys (Knot 3.2 answers so). */
  | { readonly verdict: 'unsigned'; readonly message: DnsMessage }
  | { readonly verdict: 'bad'; readonly because: string };

export interface Verifier {
  /** Judges the messages of an answer one after the other, as they come. Throws `MalformedDns`. */
  verify(bytes: Uint8Array, nowSeconds: number): Verdict;
}

const bad = (because: string): Verdict => ({ verdict: 'bad', because });

const serverClock = ({ error, other }: Signature): number | null =>
  error === TSIG_ERROR.badTime && other.length === 6 ? new Reader(other).number(6) : null;

/** Holds answers against the key and the request that they belong to (RFC 8945, 5.3 and 5.4). */
export const verifierOf = (key: TsigKey, requestMac: Uint8Array): Verifier => {
  let prior = requestMac;
  let isFirst = true;
  let between: Uint8Array[] = [];

  const withoutSignature = (bytes: Uint8Array, message: DnsMessage): Verdict => {
    if (isFirst || between.length >= MOST_UNSIGNED) return { verdict: 'unsigned', message };
    between.push(bytes);
    return { verdict: 'pending', message };
  };

  const judged = (bytes: Uint8Array, lastAt: number, signature: Signature): boolean => {
    const body = unsigned(bytes, lastAt, signature.originalId);
    const wanted = isFirst
      ? macOf(key, sized(prior), body, variables(key, signature))
      : macOf(key, sized(prior), ...between, body, timers(signature));
    return wanted.length === signature.mac.length && timingSafeEqual(wanted, signature.mac);
  };

  return {
    verify(bytes, nowSeconds) {
      const { message, lastAt } = decodeMessage(bytes);
      const last = message.additional.at(-1);
      if (last?.type !== TYPE.TSIG) return withoutSignature(bytes, message);
      if (last.class !== CLASS.ANY || last.ttlSeconds !== 0) throw new MalformedDns('the signature is no TSIG record');
      const signature = signatureOf(last);
      // Without a MAC there is nothing to check: a server that does not know the key cannot sign (RFC 8945, 5.2.1 and 5.2.2).
      if (signature.error !== 0 && signature.mac.length === 0)
        return { verdict: 'refused', error: signature.error, serverSeconds: null };
      if (comparable(last.name) !== comparable(key.name) || signature.algorithm !== `${key.algorithm}.`)
        return bad(`the answer is signed with the key ${last.name} by ${signature.algorithm}, not with ours`);
      if (!judged(bytes, lastAt, signature)) return bad('the signature of the answer is wrong');
      if (signature.error !== 0)
        return { verdict: 'refused', error: signature.error, serverSeconds: serverClock(signature) };
      if (Math.abs(nowSeconds - signature.time) > signature.fudge)
        return bad(`the answer was signed ${Math.abs(nowSeconds - signature.time)} s away from this clock`);
      [prior, isFirst, between] = [signature.mac, false, []];
      return { verdict: 'good', message: { ...message, additional: message.additional.slice(0, -1) } };
    },
  };
};
