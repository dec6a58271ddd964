import { angled, link } from './mrkdwn-link.ts';
import type { Reading } from './reading.ts';
import { h, type Tree } from './tree.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Slack knows these three entities only (https://docs.slack.dev/messaging/formatting-message-text). */
export const decoded = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? '');

const STYLES: Readonly<Record<string, string>> = { '*': 'strong', _: 'em', '~': 's' };

/** Where a style may begin and end: not inside a word. */
const isEdge = (character: string | undefined): boolean => character === undefined || !/[\p{L}\p{N}]/u.test(character);

const closing = (text: string, from: number, mark: string): number => {
  for (let at = text.indexOf(mark, from + 1); at !== -1; at = text.indexOf(mark, at + 1)) {
    const inner = text.slice(from + 1, at);
    if (inner.includes('\n')) return -1;
    if (inner.trim() !== '' && !/\s/.test(text[at - 1] ?? '') && isEdge(text[at + 1])) return at;
  }
  return -1;
};

interface Found {
  readonly tree: Tree;
  readonly end: number;
}

const styled = (text: string, at: number, reading: Reading): Found | null => {
  const mark = text[at] ?? '';
  const tag = STYLES[mark];
  if (tag === undefined || !isEdge(text[at - 1]) || /\s/.test(text[at + 1] ?? ' ')) return null;
  const end = closing(text, at, mark);
  return end === -1 ? null : { tree: h(tag, {}, inline(text.slice(at + 1, end), reading)), end: end + 1 };
};

const code = (text: string, at: number): Found | null => {
  if (text[at] !== '`') return null;
  const end = text.indexOf('`', at + 1);
  const inner = end === -1 ? '' : text.slice(at + 1, end);
  if (inner === '' || inner.includes('\n')) return null;
  return { tree: h('code', {}, decoded(inner)), end: end + 1 };
};

const bracketed = (text: string, at: number, reading: Reading): Found | null => {
  if (text[at] !== '<') return null;
  const end = text.indexOf('>', at);
  const inner = end === -1 ? '' : text.slice(at + 1, end);
  if (inner === '' || inner.includes('<') || inner.includes('\n')) return null;
  return { tree: angled(decoded(inner), reading), end: end + 1 };
};

const address = (text: string, at: number): Found | null => {
  if (text[at] !== 'h' || !isEdge(text[at - 1])) return null;
  const [found] = /^https?:\/\/[^\s<>|*`]*[^\s<>|*`.,;:!?)'"]/.exec(text.slice(at)) ?? [];
  if (found === undefined) return null;
  const target = decoded(found);
  return { tree: link(target, target), end: at + found.length };
};

/** One or several lines without blocks: styles, code, links, mentions, dates; line ends become line breaks. */
const inline = (text: string, reading: Reading): readonly Tree[] => {
  const trees: Tree[] = [];
  let plain = '';
  const flush = (): void => {
    for (const [index, line] of decoded(plain).split('\n').entries()) {
      if (index > 0) trees.push(h('br'));
      if (line !== '') trees.push(line);
    }
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    const found = code(text, at) ?? bracketed(text, at, reading) ?? styled(text, at, reading) ?? address(text, at);
    if (found === null) {
      plain += text[at];
      at += 1;
      continue;
    }
    flush();
    trees.push(found.tree);
    at = found.end;
  }
  flush();
  return trees;
};

const QUOTE = /^(?:>|&gt;) ?/;

/** Lines that begin with `>` stand together as a quote. */
const lines = (text: string, reading: Reading): readonly Tree[] => {
  const runs: { isQuote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const isQuote = QUOTE.test(line);
    const last = runs.at(-1);
    if (last === undefined || last.isQuote !== isQuote) runs.push({ isQuote, lines: [line.replace(QUOTE, '')] });
    else last.lines.push(line.replace(QUOTE, ''));
  }
  return runs.flatMap((run) => {
    const trees = inline(run.lines.join('\n'), reading);
    return run.isQuote ? [h('blockquote', {}, trees)] : trees;
  });
};

/** Slack's own markup as a reader sees it. */
export const mrkdwn = (text: string, reading: Reading): readonly Tree[] =>
  text.split('```').flatMap((part, index, all) => {
    const isClosed = index % 2 === 1 && index < all.length - 1;
    if (isClosed) return part.trim() === '' ? [] : [h('pre', {}, decoded(part.replace(/^\n|\n$/g, '')))];
    const body = index % 2 === 1 ? `\`\`\`${part}` : part;
    return body === '' ? [] : lines(index % 2 === 0 && index > 0 ? body.replace(/^\n/, '') : body, reading);
  });
