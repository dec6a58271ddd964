import { ProviderError } from '../errors.ts';

const ITEM =
  /^(\s*("?)([A-Za-z0-9._-]+)\2\s*=>?\s*\[\s*("?)[A-Za-z0-9.:_-]+\4\s*,\s*)(\d+)(\s*,?\s*\]\s*,?\s*(?:[#;].*)?)$/;
const COMMENT = /^\s*(?:[#;].*)?$/;

/**
 * Gives items of a weights file new weights and leaves every other character as it is. The file must be as steer writes it, an
 * item a line: `east => [ 192.0.2.1, 90 ]`. Throws `rejected` for any other line, and for an item that is not there once.
 */
export const withWeights = (text: string, weights: ReadonlyMap<string, number>, path: string): string => {
  const seen = new Set<string>();
  const lines = text.split('\n').map((line, index) => {
    if (COMMENT.test(line)) return line;
    const [, head = '', , name = '', , weight = '', tail = ''] = ITEM.exec(line) ?? [];
    if (name === '' || seen.has(name)) {
      throw new ProviderError(
        'rejected',
        `gdnsd: ${path} line ${index + 1} is not one item like \`east => [ 192.0.2.1, 90 ]\`; write one a line, each once`,
      );
    }
    seen.add(name);
    return `${head}${weights.get(name) ?? weight}${tail}`;
  });
  const missing = [...weights.keys()].find((name) => !seen.has(name));
  if (missing !== undefined) throw new ProviderError('rejected', `gdnsd: ${path} has no item "${missing}"`);
  return lines.join('\n');
};
