import { bad, type Checked, good, shown } from './checked.ts';
import type { Field } from './fields.ts';
import type { Codec } from './parts.ts';

interface Side {
  readonly what: string;
  readonly most: number;
  readonly ends: readonly [string, string];
}

const LATITUDE: Side = { what: 'latitude', most: 90, ends: ['N', 'S'] };
const LONGITUDE: Side = { what: 'longitude', most: 180, ends: ['E', 'W'] };

const MILLIS_PER_DEGREE = 3_600_000;

/** Thousandths of a second of arc of `d [m [s[.sss]]]`; null when it is no such thing. */
const millisOf = (parts: readonly string[]): number | null => {
  const [degrees = '', minutes = '0', seconds = '0', ...more] = parts;
  if (more.length > 0 || !/^[0-9]{1,3}$/.test(degrees) || !/^[0-9]{1,2}$/.test(minutes)) return null;
  if (!/^[0-9]{1,2}(?:\.[0-9]{1,3})?$/.test(seconds) || Number(minutes) > 59 || Number(seconds) >= 60) return null;
  return Number(degrees) * MILLIS_PER_DEGREE + Number(minutes) * 60_000 + Math.round(Number(seconds) * 1000);
};

const arcText = (millis: number, end: string): string => {
  const degrees = Math.floor(millis / MILLIS_PER_DEGREE);
  const minutes = Math.floor((millis % MILLIS_PER_DEGREE) / 60_000);
  return `${degrees} ${minutes} ${((millis % 60_000) / 1000).toFixed(3)} ${end}`;
};

interface Arc {
  readonly text: string;
  readonly rest: readonly string[];
}

const arcOf = (words: readonly string[], side: Side): Checked<Arc> => {
  const at = words.findIndex((word) => side.ends.includes(word.toUpperCase()));
  const wrong = `${side.what}: expected degrees, minutes, seconds and ${side.ends.join(' or ')}, up to ${side.most} degrees`;
  if (at < 1) return bad(wrong);
  const millis = millisOf(words.slice(0, at));
  if (millis === null || millis > side.most * MILLIS_PER_DEGREE) return bad(wrong);
  return good({ text: arcText(millis, (words[at] ?? '').toUpperCase()), rest: words.slice(at + 1) });
};

const METRES = /^(-?[0-9]{1,8})(?:\.([0-9]{1,2}))?m?$/i;

/** Centimetres, so that nothing is lost in fractions. */
const centimetresOf = (word: string): number | null => {
  const match = METRES.exec(word);
  if (match === null) return null;
  const [, metres = '0', fraction = ''] = match;
  const centimetres = Math.abs(Number(metres)) * 100 + Number(fraction.padEnd(2, '0'));
  return metres.startsWith('-') ? -centimetres : centimetres;
};

const metresText = (centimetres: number): string => `${(centimetres / 100).toFixed(2)}m`;

/** On the wire an altitude is centimetres above 100 km below the ellipsoid, in 32 bits (RFC 1876 section 2). */
const altitudeOf = (word: string): Checked<string> => {
  const centimetres = centimetresOf(word);
  if (centimetres !== null && centimetres >= -10_000_000 && centimetres <= 4_284_967_295) {
    return good(metresText(centimetres));
  }
  return bad(`altitude: ${shown(word)} is not metres from -100000.00m to 42849672.95m`);
};

/** On the wire a precision is one digit times a power of ten centimetres (RFC 1876 section 2). */
const precisionOf = (what: string, word: string): Checked<string> => {
  const centimetres = centimetresOf(word);
  if (centimetres !== null && /^(?:0|[1-9]0{0,9})$/.test(String(centimetres))) return good(metresText(centimetres));
  return bad(`${what}: ${shown(word)} is not one digit and zeros, up to 90000000m, e.g. 10m or 0.30m`);
};

/** RFC 1876 section 3: what is left out stands for these. */
const DEFAULTS = { size: '1m', horizontal: '10000m', vertical: '10m' };

const wordsOf = (fields: readonly Field[]): readonly string[] | null =>
  fields.some(({ quoted }) => quoted) ? null : fields.map(({ raw }) => raw);

/** LOC (RFC 1876), written out whole. */
export const location: Codec = (fields) => {
  const words = wordsOf(fields);
  if (words === null) return bad('nothing of it stands in quotes');
  const latitude = arcOf(words, LATITUDE);
  if (!latitude.ok) return latitude;
  const longitude = arcOf(latitude.value.rest, LONGITUDE);
  if (!longitude.ok) return longitude;
  const [altitude, size, horizontal, vertical, ...more] = longitude.value.rest;
  if (altitude === undefined) return bad('altitude: it is missing, e.g. 0m');
  if (more.length > 0) return bad(`${shown(more.join(' '))} is more than it has fields`);
  const lengths = [
    altitudeOf(altitude),
    precisionOf('size', size ?? DEFAULTS.size),
    precisionOf('horizontal precision', horizontal ?? DEFAULTS.horizontal),
    precisionOf('vertical precision', vertical ?? DEFAULTS.vertical),
  ];
  const wrong = lengths.flatMap((length) => (length.ok ? [] : [length.because]));
  if (wrong.length > 0) return bad(wrong.join('; '));
  const texts = lengths.flatMap((length) => (length.ok ? [length.value] : []));
  return good([latitude.value.text, longitude.value.text, ...texts].join(' '));
};
