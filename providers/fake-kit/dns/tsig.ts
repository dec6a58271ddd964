import { createHmac } from 'node:crypto';
import { type FakeMessage, nameBytes } from './wire.ts';

const TSIG = 250;
const ANY = 255;
const FUDGE = 300;
const [BADSIG, BADKEY, BADTIME] = [16, 17, 18];

export interface FakeKey {
  /** Lower case, without the trailing dot. */
  readonly name: string;
  readonly algorithm: 'hmac-sha256' | 'hmac-sha512';
  readonly secret: Buffer;
}

const number48 = (value: number): Buffer => {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
};

const short = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);

const hmac = ({ algorithm, secret }: FakeKey, ...parts: readonly Buffer[]): Buffer =>
  createHmac(algorithm.slice(5), secret).update(Buffer.concat(parts)).digest();

interface Times {
  readonly time: number;
  readonly error: number;
  readonly other: Buffer;
}

const digested = (key: FakeKey, { time, error, other }: Times): Buffer =>
  Buffer.concat([
    nameBytes(key.name),
    short(ANY),
    Buffer.alloc(4),
    nameBytes(key.algorithm),
    number48(time),
    short(FUDGE),
    short(error),
    short(other.length),
    other,
  ]);

const recordOf = (owner: string, algorithm: string, mac: Buffer, id: number, { time, error, other }: Times): Buffer => {
  const data = Buffer.concat([
    nameBytes(algorithm),
    number48(time),
    short(FUDGE),
    short(mac.length),
    mac,
    short(id),
    short(error),
    short(other.length),
    other,
  ]);
  return Buffer.concat([nameBytes(owner), short(TSIG), short(ANY), Buffer.alloc(4), short(data.length), data]);
};

const withRecord = (message: Buffer, record: Buffer): Buffer => {
  const whole = Buffer.concat([message, record]);
  whole.writeUInt16BE(whole.readUInt16BE(10) + 1, 10);
  return whole;
};

/** What a server makes of the signature of a request. `error` 0 is a good one. */
export interface Signed {
  readonly error: number;
  readonly owner: string;
  readonly algorithm: string;
  /** Null where the server has no such key. */
  readonly key: FakeKey | null;
  readonly mac: Buffer;
  readonly time: number;
}

/** Null for a request without a signature. Throws `RangeError` for one that is malformed. */
export const signatureOf = (
  bytes: Buffer,
  message: FakeMessage,
  keys: readonly FakeKey[],
  nowSeconds: number,
): Signed | null => {
  const last = message.sections[2].at(-1);
  if (last?.type !== TSIG) return null;
  if (last.class !== ANY || last.ttl !== 0) throw new RangeError('TSIG has class ANY and TTL 0');
  const data = Buffer.from(last.data, 'hex');
  const end = data.indexOf(0) + 1;
  const labels: string[] = [];
  for (let at = 0; at < end - 1; at += 1 + data.readUInt8(at))
    labels.push(data.toString('latin1', at + 1, at + 1 + data.readUInt8(at)).toLowerCase());
  const algorithm = labels.join('.');
  const time = data.readUIntBE(end, 6);
  const [fudge, size] = [data.readUInt16BE(end + 6), data.readUInt16BE(end + 8)];
  const mac = data.subarray(end + 10, end + 10 + size);
  const key = keys.find((known) => known.name === last.name && known.algorithm === algorithm) ?? null;
  const seen = { owner: last.name, algorithm, key, mac, time };
  if (key === null) return { ...seen, error: BADKEY };
  const bare = Buffer.from(bytes.subarray(0, message.lastAt));
  bare.writeUInt16BE(bare.readUInt16BE(10) - 1, 10);
  bare.writeUInt16BE(data.readUInt16BE(end + 10 + size), 0);
  if (!hmac(key, bare, digested(key, { time, error: 0, other: Buffer.alloc(0) })).equals(mac))
    return { ...seen, error: BADSIG };
  return { ...seen, error: Math.abs(nowSeconds - time) > fudge ? BADTIME : 0 };
};

/** The answers to one request, each signed and tied to the one before; without a MAC where the key was not good. */
export const signedReplies = (replies: readonly Buffer[], request: Signed, nowSeconds: number): readonly Buffer[] => {
  const { error, owner, algorithm, key } = request;
  let prior = request.mac;
  return replies.map((reply, index) => {
    const id = reply.readUInt16BE(0);
    // A clock that is off is told in the client's own time, with the server's beside it (RFC 8945, 5.2.3).
    const isLate = error === BADTIME;
    const other = isLate ? number48(nowSeconds) : Buffer.alloc(0);
    const times = { time: isLate ? request.time : nowSeconds, error, other };
    if (key === null || error === BADSIG)
      return withRecord(reply, recordOf(owner, algorithm, Buffer.alloc(0), id, times));
    const timers = index === 0 ? digested(key, times) : Buffer.concat([number48(times.time), short(FUDGE)]);
    const mac = hmac(key, short(prior.length), prior, reply, timers);
    prior = mac;
    return withRecord(reply, recordOf(owner, algorithm, mac, id, times));
  });
};
