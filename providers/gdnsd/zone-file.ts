import { ProviderError } from '../errors.ts';

/** One record of a zone file, as far as steering needs it. Names are lower case and fully qualified. */
export interface ZoneRecord {
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  /** Of DYNA and DYNC: the lowest TTL that monitoring may lead to. */
  readonly minimumTtlSeconds: number;
  readonly data: string;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of `90`, `30M`, `1h30m`; null for what is no time. */
const secondsOf = (text: string): number | null => {
  if (!/^(?:\d+[smhdw])*\d*$/i.test(text) || text === '') return null;
  return text
    .matchAll(/(\d+)([smhdw]?)/gi)
    .reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNIT_SECONDS[unit.toLowerCase()] ?? 0), 0);
};

interface Ttl {
  readonly maximum: number;
  readonly minimum: number;
}

/** gdnsd.zonefile(5): `MAX[/MIN]`; the least is half of the most where it is not written. */
const ttlOf = (text: string): Ttl | null => {
  const [most = '', least, ...more] = text.split('/');
  const maximum = secondsOf(most);
  if (maximum === null || more.length > 0) return null;
  const minimum = least === undefined ? Math.floor(maximum / 2) : secondsOf(least);
  return minimum === null ? null : { maximum, minimum };
};

/** Words of each record, its comments gone and its parentheses opened; a first empty word stands for "the same name". */
const wordsOf = (text: string): readonly (readonly string[])[] => {
  const lines: string[][] = [];
  let open = 0;
  for (const line of text.split(/\r?\n/)) {
    const words = [...line.matchAll(/"(?:[^"\\]|\\.)*"|;.*$|[()]|[^\s;()"]+/g)].map(([word]) => word);
    const isNew = open === 0;
    const kept: string[] = isNew && /^\s/.test(line) ? [''] : [];
    for (const word of words) {
      if (word.startsWith(';')) continue;
      if (word === '(') open += 1;
      else if (word === ')') open -= 1;
      else kept.push(word);
    }
    if (isNew) lines.push(kept);
    else lines.at(-1)?.push(...kept);
  }
  return lines.filter((words) => words.some((word) => word !== ''));
};

const absoluteName = (name: string, origin: string): string => {
  if (name === '@') return origin;
  return (name.endsWith('.') ? name : `${name}.${origin}`).toLowerCase();
};

export interface ZoneFile {
  readonly records: readonly ZoneRecord[];
  /** Names that are not here may stand in an included file. */
  readonly hasIncludes: boolean;
}

/** Reads what answers the names of one zone. `$INCLUDE` is seen and not followed. Throws `unreadable` for a TTL that is none. */
export const parseZoneFile = (text: string, zone: string, defaultTtlSeconds: number): ZoneFile => {
  const top = `${zone}.`.toLowerCase();
  let origin = top;
  let name = origin;
  let usual: Ttl = { maximum: defaultTtlSeconds, minimum: Math.floor(defaultTtlSeconds / 2) };
  let hasIncludes = false;
  const records: ZoneRecord[] = [];

  const directive = (word: string, argument: string): void => {
    if (word === '$INCLUDE') hasIncludes = true;
    if (word === '$ORIGIN') origin = absoluteName(argument, origin);
    if (word !== '$TTL') return;
    const ttl = ttlOf(argument);
    if (ttl === null) throw new ProviderError('unreadable', `gdnsd: zone ${zone}: $TTL ${argument} is no time`);
    usual = ttl;
  };

  for (const [first = '', ...rest] of wordsOf(text)) {
    if (first.startsWith('$')) {
      directive(first.toUpperCase(), rest[0] ?? '');
      continue;
    }
    if (first !== '') name = absoluteName(first, origin);
    let ttl = usual;
    let at = 0;
    for (; at < 2; at += 1) {
      const word = rest[at] ?? '';
      if (word.toUpperCase() === 'IN') continue;
      const own = ttlOf(word);
      if (own === null) break;
      ttl = own;
    }
    const type = (rest[at] ?? '').toUpperCase();
    const data = rest.slice(at + 1).join(' ');
    records.push({ name, type, ttlSeconds: ttl.maximum, minimumTtlSeconds: ttl.minimum, data });
  }
  return { records, hasIncludes };
};
