import { type Finding, fail, listed, ok, warn } from './finding.ts';

/** What an old Node lacks is the stripping of types and `node:sqlite`. */
const OLDEST_NODE = 24;

/** `version` as Node itself says it, e.g. `24.11.0`. */
export const nodeFinding = (version: string): Finding => {
  const major = Number(version.split('.')[0]);
  return major >= OLDEST_NODE
    ? ok('node', `Node ${version}`)
    : fail('node', `this is Node ${version}, steer needs ${OLDEST_NODE} or newer`, 'npm ci brings its own');
};

/** The config file as it stands beside the config in force; `wrong` also where there is no file. */
export type FileSeen =
  | { readonly kind: 'in-force'; readonly name: string }
  | {
      readonly kind: 'differs';
      readonly name: string;
      readonly changes: readonly string[];
      readonly weakens: readonly string[];
    }
  | { readonly kind: 'wrong'; readonly name: string; readonly problems: readonly string[] }
  /** Valid, and no store to compare it with. */
  | { readonly kind: 'valid'; readonly name: string };

export const fileFindings = (file: FileSeen): readonly Finding[] => {
  const { name } = file;
  switch (file.kind) {
    case 'in-force':
      return [ok('config', `${name} is valid, and it is what is in force`)];
    case 'valid':
      return [ok('config', `${name} is valid`)];
    case 'wrong': {
      const more = file.problems.length > 1 ? ` (and ${file.problems.length - 1} more)` : '';
      const first = (file.problems[0] ?? 'no reason is known').replace(/\.$/, '');
      const where = first.startsWith(name) ? 'the file is not valid' : `${name} is not valid`;
      return [fail('config', `${where}: ${first}${more}`, `steer config check ${name}`)];
    }
    case 'differs': {
      const n = file.changes.length;
      const what = `${name} is valid, and ${n === 1 ? 'one setting of it is' : `${n} settings of it are`} NOT in force`;
      const those = n === 1 ? '' : `${file.weakens.length} of them `;
      const weak = file.weakens.length > 0 ? `, ${those}weakening a guard` : '';
      return [
        warn('config', `${what}${weak}: ${listed(file.changes, 1)}`, 'steer config diff, then steer config accept'),
      ];
    }
  }
};

/** Who sits at this terminal, in the eyes of the config in force. */
export type Seated =
  | { readonly kind: 'person'; readonly identity: string; readonly person: string; readonly role: string }
  | { readonly kind: 'unmapped'; readonly because: string };

export const seatedFinding = (who: Seated): Finding => {
  if (who.kind === 'unmapped')
    return warn('you', who.because, 'name this identity under people, or prove who you are with --code-of');
  return who.role === 'viewer'
    ? warn('you', `you are ${who.person} (${who.identity}) and may only look`, null)
    : ok('you', `you are ${who.person}, known by ${who.identity}, here with the role ${who.role}`);
};
