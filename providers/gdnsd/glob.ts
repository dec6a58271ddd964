const ESCAPED = /[.*+?^${}()|[\]\\/]/;

const literal = (char: string): string => (ESCAPED.test(char) ? `\\${char}` : char);

/** The set at `[`: its source for a regular expression and where it ends; null where the bracket stands for itself. */
const bracketAt = (glob: string, at: number): { readonly source: string; readonly end: number } | null => {
  const found = /^\[([!^]?)(\]?[^\]]*)\]/.exec(glob.slice(at));
  if (found === null) return null;
  const [whole, not, inside = ''] = found;
  const source = inside.replace(/[\\\]^[]/g, '\\$&');
  return { source: `[${not === '' ? '' : '^'}${source}]`, end: at + whole.length };
};

/**
 * A shell glob as gdnsd compares keys of `admin_state` with states: fnmatch(3) without flags, so that `*` takes a slash too,
 * and case counts (seen on 3.8.1: `127.0.0.?/up`, `*0.0.2*`, `"[12]92.0.2.1/up"`).
 */
export const globExpression = (glob: string): RegExp => {
  let source = '';
  let at = 0;
  while (at < glob.length) {
    const char = glob.charAt(at);
    const bracket = char === '[' ? bracketAt(glob, at) : null;
    if (bracket !== null) {
      source += bracket.source;
      at = bracket.end;
      continue;
    }
    if (char === '*') source += '[\\s\\S]*';
    else if (char === '?') source += '[\\s\\S]';
    else if (char === '\\' && at + 1 < glob.length) {
      at += 1;
      source += literal(glob.charAt(at));
    } else source += literal(char);
    at += 1;
  }
  return new RegExp(`^${source}$`);
};

export const globMatches = (glob: string, text: string): boolean => {
  if (!/[*?[\\]/.test(glob)) return glob === text;
  try {
    return globExpression(glob).test(text);
  } catch {
    // A range that runs backwards matches nothing.
    return false;
  }
};

/** A text as a glob that matches only it. */
export const globOf = (text: string): string => text.replace(/[*?[\\]/g, '\\$&');
