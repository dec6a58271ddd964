import type { AliasTarget, GeoRegions } from '../../domain/record-sets.ts';
import { quoted } from '../../grammar/clean.ts';
import { readDuration } from '../../grammar/values.ts';
import type { SetTyped } from '../../operations/dns/prepare-records.ts';
import type { ValuesTyped } from '../../operations/dns/values-typed.ts';

/** What RFC 2181 section 8 lets a TTL be. */
const LONGEST_TTL_SECONDS = 2_147_483_647;

/** When the time that a vendor usually needs is long over. */
const USUAL_WAIT_MS = 5 * 60_000;

/** Shown digests are that long; nothing shorter is taken for one. */
const DIGEST = /^[0-9a-f]{12,64}$/i;

/** Whether what is shown is carried out, too. */
export interface ApplyTyped {
  readonly apply: boolean;
  /** The digest of the diff that somebody looked at; null for whatever it is now. */
  readonly approved: string | null;
  readonly because: string | null;
  /** How long to wait until every name server has it; null for not at all. */
  readonly waitMs: number | null;
}

const placesIn = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every((place) => typeof place === 'string') ? value : null;

const regionsIn = (text: string): GeoRegions | null => {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
    const entries = Object.entries(parsed).map(([region, places]) => [region, placesIn(places)] as const);
    if (entries.length === 0 || entries.some(([, places]) => places === null)) return null;
    return Object.fromEntries(entries.map(([region, places]) => [region, places ?? []]));
  } catch {
    return null;
  }
};

/** Options of one command as they were typed. Everything that is wrong with them is collected, so that it is told at once. */
export class Flags {
  readonly problems: string[] = [];
  readonly #typed: (key: string) => unknown;
  readonly #words: readonly string[];

  constructor(typed: (key: string) => unknown, words: readonly string[]) {
    this.#typed = typed;
    this.#words = words;
  }

  text(key: string): string | null {
    const value = this.#typed(key);
    return typeof value === 'string' ? value : null;
  }

  has(key: string): boolean {
    return this.#typed(key) === true;
  }

  list(key: string): readonly string[] {
    const value = this.#typed(key);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }

  word(index: number): string | null {
    return this.#words[index] ?? null;
  }

  needed(key: string, how: string): string {
    const text = this.text(key);
    if (text === null || text === '') this.problems.push(`Say ${how}.`);
    return text ?? '';
  }

  where(): { readonly provider: string | null; readonly zone: string } {
    return { provider: this.text('provider'), zone: this.needed('zone', 'the zone: -z NAME, or its id') };
  }

  set(qualifier: 'qualifier' | 'group' | 'needed-qualifier'): SetTyped {
    const name = this.needed('name', 'the name: -n NAME');
    const type = this.needed('type', 'the type: -t TYPE');
    if (qualifier === 'group') return { name, type, qualifier: this.needed('group', 'the group: -g GROUP') };
    if (qualifier === 'qualifier') return { name, type, qualifier: this.text('qualifier') };
    return { name, type, qualifier: this.needed('qualifier', 'which of its sets: -q QUALIFIER') };
  }

  ttl(typed: string | null, name = '--ttl'): number | null {
    if (typed === null) return null;
    const seconds = /^\d{1,10}$/.test(typed) ? Number(typed) : Number.NaN;
    if (seconds <= LONGEST_TTL_SECONDS) return seconds;
    this.problems.push(
      `${name} ${quoted(typed)} is no TTL. Write whole seconds up to ${LONGEST_TTL_SECONDS}, like 300.`,
    );
    return null;
  }

  values(): ValuesTyped {
    return { data: this.list('data'), alias: this.#alias(), ttlSeconds: this.ttl(this.text('ttl')) };
  }

  weight(): number | null {
    const typed = this.needed('weight', 'the weight: -w NUMBER, or -w drained');
    if (typed === '' || typed.toLowerCase() === 'drained') return null;
    if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
    this.problems.push(
      typed === '0'
        ? 'Weight 0 means another thing at every vendor. To let a set get no traffic type -w drained.'
        : `-w ${quoted(typed)} is no weight. Write a whole number above 0, or drained.`,
    );
    return null;
  }

  regions(): GeoRegions {
    const typed = this.needed('regions', 'the places: -r JSON, like \'{"Europe":["DE","FR"]}\'');
    if (typed === '') return {};
    const read = regionsIn(typed);
    if (read === null)
      this.problems.push(
        `-r ${quoted(typed)} is no map of regions to lists of territories. Write it like '{"Europe":["DE","FR"]}'.`,
      );
    return read ?? {};
  }

  applying(): ApplyTyped {
    const apply = this.#typed('apply');
    const wait = this.#typed('wait');
    const approved = typeof apply === 'string' ? apply : null;
    if (approved !== null && !DIGEST.test(approved))
      this.problems.push(`--apply ${quoted(approved)} is no digest. Type --apply alone, or what the dry run printed.`);
    const isApplied = apply === true || approved !== null;
    if (isApplied && this.has('dryRun')) this.problems.push('--dry-run and --apply are two things. Choose one.');
    const waits = typeof wait === 'string' ? readDuration('wait', wait) : null;
    if (waits !== null && 'problem' in waits) this.problems.push(waits.problem);
    const typedMs = waits !== null && 'value' in waits ? waits.value : null;
    const waitMs = typedMs ?? (wait === true ? USUAL_WAIT_MS : null);
    return { apply: isApplied, approved, because: this.text('reason'), waitMs };
  }

  #alias(): AliasTarget | null {
    const target = this.text('aliasDnsname');
    const zone = this.text('aliasHostedZoneId');
    if (target === null && zone !== null) this.problems.push('--alias-hosted-zone-id goes with --alias-dnsname NAME.');
    return target === null ? null : { target, zone };
  }
}
