/** Any value that survives a trip through a journal. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One text per value: keys sorted, no white space, absent members left out. Two values that mean the same have the same
 * text on every machine, so the shell can hash it for a digest. Throws on NaN and infinities: they have no JSON.
 */
export const canonicalText = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no canonical text`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item)).join(',')}]`;
  if (typeof value === 'object') {
    // Every event and every snapshot passes through here: no list of pairs is made and sorted, only one of names.
    const record = value as Readonly<Record<string, unknown>>;
    let members = '';
    for (const key of Object.keys(record).sort()) {
      const member = record[key];
      if (member !== undefined)
        members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalText(member)}`;
    }
    return `{${members}}`;
  }
  throw new TypeError(`a ${typeof value} has no canonical text`);
};
