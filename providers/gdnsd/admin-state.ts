import { ProviderError } from '../errors.ts';
import { readVscf } from './config.ts';
import { globMatches, globOf } from './glob.ts';
import { vscfText } from './vscf.ts';

/** One line of `admin_state`. Its key is a glob, also where it looks like none; the last one that matches decides. */
export interface AdminRule {
  readonly glob: string;
  readonly forced: 'UP' | 'DOWN';
  readonly line: number;
  /** Within the lines that steer owns. */
  readonly isOwn: boolean;
}

/** What `admin_state` says, and the text around the lines that steer owns. */
export interface AdminState {
  readonly rules: readonly AdminRule[];
  readonly before: string;
  readonly after: string;
}

const BEGIN = '# steer: begin. Members that steer has drained; change them with steer.';
const END = '# steer: end';
const IS_BEGIN = /^\s*# steer: begin\b/;
const IS_END = /^\s*# steer: end\b/;

const broken = (because: string): ProviderError => new ProviderError('unreadable', `gdnsd: admin_state: ${because}`);

/** Numbers of the first and last own line, counted from 1, with the two that frame them; null where there is no block. */
const blockIn = (lines: readonly string[]): { readonly from: number; readonly to: number } | null => {
  const begins = lines.flatMap((line, index) => (IS_BEGIN.test(line) ? [index + 1] : []));
  const ends = lines.flatMap((line, index) => (IS_END.test(line) ? [index + 1] : []));
  if (begins.length === 0 && ends.length === 0) return null;
  const [from = 0, ...moreBegins] = begins;
  const [to = 0, ...moreEnds] = ends;
  if (moreBegins.length > 0 || moreEnds.length > 0 || from === 0 || to < from) {
    throw broken('the lines `# steer: begin` and `# steer: end` must be there once each, in this order, or not at all');
  }
  return { from, to };
};

const ruleOf = (glob: string | null, text: string | null, line: number, isOwn: boolean): AdminRule => {
  const forced = /^(UP|DOWN)(?:\/\d+)?$/i.exec(text ?? '')?.[1]?.toUpperCase();
  if (glob === null || (forced !== 'UP' && forced !== 'DOWN')) {
    throw broken(
      `line ${line} is not \`STATE => UP\` or \`STATE => DOWN\`; gdnsd ignores the whole file because of it`,
    );
  }
  return { glob, forced, line, isOwn };
};

/**
 * Reads the file (`null`: there is none, which is the same as an empty one). Throws `unreadable` where gdnsd would ignore it as
 * a whole: what holds then is what it read before, and nobody can say what that was.
 */
export const parseAdminState = (text: string | null, path: string): AdminState => {
  const whole = text ?? '';
  const root = readVscf(whole, path);
  if (root.kind !== 'hash') throw broken('lines of `STATE => UP` or `STATE => DOWN` are expected');
  const lines = whole.split('\n');
  const block = blockIn(lines);
  const isOwn = (line: number): boolean => block !== null && line > block.from && line < block.to;
  const rules = root.entries.map(({ key, value, line }) =>
    ruleOf(key, value.kind === 'text' ? value.text : null, line, isOwn(line)),
  );
  if (block === null) return { rules, before: whole, after: '' };
  const before = lines.slice(0, block.from - 1).join('\n');
  const after = lines.slice(block.to).join('\n');
  return { rules, before: before === '' ? '' : `${before}\n`, after };
};

/** The line that decides about a state; null where none does. */
export const forcing = (rules: readonly AdminRule[], state: string): AdminRule | null =>
  rules.findLast(({ glob }) => globMatches(glob, state)) ?? null;

/** States that steer's own lines force down. Throws `rejected` where somebody else has written between them. */
export const ownStates = ({ rules }: AdminState): ReadonlySet<string> => {
  const own = rules.filter(({ isOwn }) => isOwn);
  const strange = own.find(({ glob, forced }) => forced !== 'DOWN' || /[*?[]/.test(glob.replace(/\\./g, '')));
  if (strange !== undefined) {
    throw new ProviderError(
      'rejected',
      `gdnsd: line ${strange.line} of admin_state stands between steer's own lines and is not steer's; move it out of there`,
    );
  }
  return new Set(own.map(({ glob }) => glob.replace(/\\(.)/g, '$1')));
};

/** The file with these states forced down by steer's own lines, and every other line as it was. */
export const withOwnStates = (admin: AdminState, states: readonly string[]): string => {
  if (states.length === 0) return `${admin.before}${admin.after}`;
  const before = admin.before === '' || admin.before.endsWith('\n') ? admin.before : `${admin.before}\n`;
  const own = [...states].sort().map((state) => `${vscfText(globOf(state))} => DOWN`);
  return `${before}${[BEGIN, ...own, END].join('\n')}\n${admin.after}`;
};
