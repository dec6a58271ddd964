/** The bytes are no DNS: cut short, a pointer that leads nowhere, a length that does not fit. */
export class MalformedDns extends Error {
  override readonly name = 'MalformedDns';
}

export const u16 = (value: number): Uint8Array => Uint8Array.of((value >>> 8) & 0xff, value & 0xff);

export const u32 = (value: number): Uint8Array =>
  Uint8Array.of((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);

/** Seconds since 1970 in 48 bits, as TSIG signs them (RFC 8945, 4.2). */
export const u48 = (value: number): Uint8Array =>
  Uint8Array.of(...u16(Math.floor(value / 2 ** 32)), ...u32(value % 2 ** 32));

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Reads numbers out of a message and knows where it stands. Everything past the end is a `MalformedDns`. */
export class Reader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  take(length: number): Uint8Array {
    if (this.left < length) throw new MalformedDns(`the message ends ${length - this.left} bytes too early`);
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  /** An unsigned number of so many bytes, six at most. */
  number(bytes: number): number {
    return this.take(bytes).reduce((sum, byte) => sum * 256 + byte, 0);
  }
}
