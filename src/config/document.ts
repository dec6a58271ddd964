import { type Document, isAlias, isMap, isScalar, isSeq, type ParsedNode, parseAllDocuments, type YAMLMap } from 'yaml';
import type { Draft, Findings, Path } from './problem.ts';
import { findSecrets, redacted } from './secrets.ts';

/** Characters. A fleet of five thousand services fits; a file that a broken generator made does not. */
const LONGEST_FILE = 4 * 1024 * 1024;
/** The format itself needs eight levels. Deeper ones would only feed the recursion of whoever reads them. */
const DEEPEST = 16;
/** One open bracket makes the rest of a file wrong: the first complaints are the useful ones. */
const MOST_SYNTAX_ERRORS = 20;

/** A config file as plain values, and where each of them stands. */
export interface Source {
  readonly plain: unknown;
  has(path: Path): boolean;
  /** Offset of a key or value; of the nearest enclosing key for what is not there. */
  offsetOf(path: Path, at: Draft['at']): number;
}

interface Place {
  readonly key: number;
  readonly value: number;
}

/** Names every JavaScript object answers to: as a key they could be mistaken for an entry of the file. */
export const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

const SHARING = 'what services share goes into serviceDefaults';

const keyOf = (path: Path): string => JSON.stringify(path);

const startOf = (node: ParsedNode | null): number => node?.range[0] ?? 0;

/** Tells what a plain reading of the tree does not allow, or null. */
const foreignTo = (node: ParsedNode, path: Path): Pick<Draft, 'found' | 'expected' | 'suggestion'> | null => {
  if (path.length > DEEPEST)
    return { found: 'a value nested too deeply', expected: `at most ${DEEPEST} levels`, suggestion: null };
  if (isAlias(node)) return { found: 'a YAML alias (*)', expected: 'the value itself', suggestion: SHARING };
  if (node.anchor !== undefined) return { found: 'a YAML anchor (&)', expected: 'a plain value', suggestion: SHARING };
  if (node.tag !== undefined) return { found: 'a YAML tag (!)', expected: 'a value without a tag', suggestion: null };
  return null;
};

/**
 * Plain values of a document's tree. Aliases are refused rather than followed: a fleet's settings have one place each, a
 * position in the text then is the position of the value, and there is nothing to bomb.
 */
const plainOf = (contents: ParsedNode | null, findings: Findings): { plain: unknown; places: Map<string, Place> } => {
  const places = new Map<string, Place>();

  const visit = (node: ParsedNode | null, path: Path, keyOffset: number): unknown => {
    places.set(keyOf(path), { key: keyOffset, value: node === null ? keyOffset : startOf(node) });
    if (node === null) return null;
    const foreign = foreignTo(node, path);
    if (foreign !== null) {
      findings.refuse({ path, at: 'value', offset: startOf(node), ...foreign });
      return null;
    }
    if (isSeq<ParsedNode>(node)) return node.items.map((item, index) => visit(item, [...path, index], startOf(item)));
    if (isMap<ParsedNode, ParsedNode | null>(node)) return visitMap(node, path);
    return isScalar(node) ? node.value : null;
  };

  const visitMap = (node: YAMLMap<ParsedNode, ParsedNode | null>, path: Path): unknown => {
    const entries = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const below = [...path, name];
      const refuse = (found: string, expected: string, suggestion: string): void =>
        findings.refuse({ path: below, at: 'key', offset: startOf(key), found, expected, suggestion });
      if (entries.has(name)) refuse(`a second "${redacted(name)}"`, 'every key once', 'delete one of the two');
      else if (INHERITED.has(name)) refuse(`the name "${name}"`, 'a name without a meaning of its own', 'rename it');
      else if (name === '<<') refuse('a YAML merge key (<<)', 'plain keys', SHARING);
      else entries.set(name, visit(value, below, startOf(key)));
    }
    return Object.fromEntries(entries);
  };

  return { plain: visit(contents, [], 0), places };
};

const refuseSyntax = (document: Document.Parsed, findings: Findings): void => {
  for (const { pos, message } of document.errors.slice(0, MOST_SYNTAX_ERRORS)) {
    const found = `a mistake in the YAML (${redacted(message)})`;
    findings.refuse({ path: [], at: 'value', offset: pos[0], found, expected: 'YAML 1.2', suggestion: null });
  }
};

const refuseSecrets = (text: string, findings: Findings): void => {
  for (const { what, offset } of findSecrets(text)) {
    const found = `what looks like ${what}`;
    const suggestion =
      'name the environment variable or the file that holds it, and change the secret: it has been written down';
    findings.refuse({ path: [], at: 'value', offset, found, expected: 'no secrets in this file', suggestion });
  }
};

/** Reads one YAML document, or tells everything that keeps it from being one and returns null. May throw on absurd nesting. */
export const readDocument = (text: string, findings: Findings): Source | null => {
  const refuse = (found: string, expected: string, offset = 0): null => {
    findings.refuse({ path: [], at: 'value', offset, found, expected, suggestion: null });
    return null;
  };
  if (text.length > LONGEST_FILE) return refuse(`${text.length} characters`, `at most ${LONGEST_FILE}`);
  refuseSecrets(text, findings);

  // The library's own search for equal keys compares each with each: minutes for a large file. `visitMap` does it instead.
  const documents = parseAllDocuments(text, {
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  if ('empty' in documents) return refuse('an empty file', 'a config with `version: 1`');
  const [document, second] = documents;
  if (document === undefined) return refuse('an empty file', 'a config with `version: 1`');
  if (second !== undefined) return refuse('a second YAML document (---)', 'one document', second.range[0]);
  if (document.errors.length > 0) {
    refuseSyntax(document, findings);
    return null;
  }

  const { plain, places } = plainOf(document.contents, findings);
  const has = (path: Path): boolean => places.has(keyOf(path));
  return {
    plain,
    has,
    offsetOf: (path, at) => {
      const exact = places.get(keyOf(path));
      if (exact !== undefined) return exact[at];
      const nearest = path.findLastIndex((_, index) => has(path.slice(0, index)));
      return places.get(keyOf(path.slice(0, nearest)))?.key ?? 0;
    },
  };
};
