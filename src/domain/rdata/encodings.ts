import { bad, type Checked, good, shown } from './checked.ts';

/** Decimal without sign; leading zeros fall. */
export const wholeNumber = (text: string, most: number): Checked<number> => {
  if (/^[0-9]{1,15}$/.test(text) && Number(text) <= most) return good(Number(text));
  return bad(`${shown(text)} is not a whole number from 0 to ${most}`);
};

/** Hexadecimal in capitals, in pairs. */
export const hexOctets = (text: string): Checked<string> => {
  if (!/^[0-9a-fA-F]*$/.test(text)) return bad(`${shown(text)} is not hexadecimal; only 0-9 and A-F stand there`);
  if (text.length % 2 !== 0) return bad(`${shown(text)} has ${text.length} hexadecimal digits; every octet needs two`);
  return good(text.toUpperCase());
};

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of RFC 4648 section 4, padded, the bits that stand for nothing being zero. */
export const base64Octets = (text: string): Checked<string> => {
  const body = text.replace(/={0,2}$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(body) || text.length % 4 !== 0) {
    return bad(
      `${shown(text)} is not base64; expected groups of four of A-Z a-z 0-9 + /, the last one filled up with =`,
    );
  }
  const spare = text.length - body.length;
  const last = BASE64.indexOf(body.at(-1) ?? 'A');
  if ((spare === 1 && last % 4 !== 0) || (spare === 2 && last % 16 !== 0)) {
    return bad(`${shown(text)} is not base64: it ends in bits that stand for nothing`);
  }
  return good(text);
};
