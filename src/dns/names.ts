import { canonicalName } from '../domain/rdata/name.ts';

export type Named = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly problem: string };

/** In its one form, lower case and with its trailing dot; as it stands where it is no name. */
export const absolute = (text: string): string => {
  const whole = text.endsWith('.') ? text : `${text}.`;
  const canonical = canonicalName(whole);
  return canonical.ok ? canonical.value : whole.toLowerCase();
};

const checked = (name: string): Named => {
  const canonical = canonicalName(name);
  if (!canonical.ok) return { ok: false, problem: `${canonical.because}.` };
  return { ok: true, name: canonical.value };
};

/**
 * A name as somebody types it for a zone: whole (with or without its last dot), one label before the zone (`www`, `*`), or `@`
 * for the zone's own. Anything else could be meant in two ways and is refused.
 */
export const nameInZone = (typed: string, zoneName: string): Named => {
  if (typed === '@') return { ok: true, name: zoneName };
  const name = absolute(typed);
  if (name === zoneName || name.endsWith(`.${zoneName}`)) return checked(name);
  if (/^[^.]+$/.test(typed)) return checked(`${typed}.${zoneName}`);
  const whole = typed.endsWith('.') ? '' : ` For that name below the zone type ${typed}.${zoneName}`;
  return { ok: false, problem: `${typed} is not in zone ${zoneName}.${whole}` };
};
