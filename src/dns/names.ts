export type Named = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly problem: string };

/** Lower case, with its trailing dot. */
export const absolute = (text: string): string => {
  const lower = text.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
};

/**
 * A name as somebody types it for a zone: whole (with or without its last dot), one label before the zone (`www`, `*`), or `@`
 * for the zone's own. Anything else could be meant in two ways and is refused.
 */
export const nameInZone = (typed: string, zoneName: string): Named => {
  if (typed === '@') return { ok: true, name: zoneName };
  const name = absolute(typed);
  if (name === zoneName || name.endsWith(`.${zoneName}`)) return { ok: true, name };
  if (/^[^.]+$/.test(typed)) return { ok: true, name: `${typed.toLowerCase()}.${zoneName}` };
  const whole = typed.endsWith('.') ? '' : ` For that name below the zone type ${typed}.${zoneName}`;
  return { ok: false, problem: `${typed} is not in zone ${zoneName}.${whole}` };
};
