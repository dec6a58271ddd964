/**
 * Route 53 writes octets that are not printable as `\` and three octal digits, in names and in values (Developer Guide, "DNS
 * domain name format" and "TXT record type", seen 2026-11); everybody else writes them in decimal (RFC 1035 section 5.1).
 */
const ESCAPE = /\\(?:([0-9]{3})|(.))/gs;

const inBase = (digits: string, from: number, to: number): string =>
  Number.parseInt(digits, from).toString(to).padStart(3, '0');

const OCTAL = /^[0-3][0-7]{2}$/;

/** A text of Route 53 as everybody else writes it. */
export const decimalEscapes = (text: string): string =>
  text.replaceAll(ESCAPE, (whole, digits: string | undefined) =>
    digits !== undefined && OCTAL.test(digits) ? `\\${inBase(digits, 8, 10)}` : whole,
  );

/** The other way round. */
export const octalEscapes = (text: string): string =>
  text.replaceAll(ESCAPE, (whole, digits: string | undefined) =>
    digits === undefined ? whole : `\\${inBase(digits, 10, 8)}`,
  );

/** A name as Route 53 takes it: every escape of a single character is octal there too, a plain `*` is understood. */
export const vendorName = (name: string): string =>
  name.replaceAll(ESCAPE, (_, digits: string | undefined, char: string | undefined) =>
    digits === undefined
      ? `\\${(char ?? '').charCodeAt(0).toString(8).padStart(3, '0')}`
      : `\\${inBase(digits, 10, 8)}`,
  );
