import { dateText } from './dates.ts';
import type { Reading } from './reading.ts';
import { h, type Tree } from './tree.ts';

const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** The address when it is one that a reader may follow; a script in a link is none. */
export const followable = (address: string): string | null => {
  const url = URL.parse(address);
  return url !== null && SCHEMES.has(url.protocol) ? url.href : null;
};

export const link = (address: string, label: string): Tree => {
  const href = followable(address);
  return href === null ? label : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label);
};

export const mention = (text: string): Tree => h('span', { class: 'mention' }, text);

export const userMention = (id: string, { names }: Reading): Tree => mention(`@${names.users[id] ?? id}`);
export const groupMention = (id: string, { names }: Reading): Tree => mention(`@${names.groups[id] ?? id}`);
export const channelMention = (id: string, { names }: Reading): Tree =>
  mention(names.channels[id] === undefined ? '#private-channel' : `#${names.channels[id]}`);

const dateTree = (body: string, fallback: string, reading: Reading): Tree => {
  const [, seconds = '', format = '', address = ''] = body.split('^');
  const text = dateText(Number(seconds), format, reading) ?? fallback;
  if (address !== '') return link(address, text);
  return h('time', { datetime: instantOf(Number(seconds)), title: fallback }, text);
};

const instantOf = (seconds: number): string | null => {
  const at = new Date(seconds * 1000);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

const special = (body: string, fallback: string, reading: Reading): Tree => {
  if (body.startsWith('date^')) return dateTree(body, fallback, reading);
  const [kind = '', id = ''] = body.split('^');
  if (kind === 'subteam') return groupMention(id, reading);
  if (['here', 'channel', 'everyone'].includes(kind)) return mention(`@${kind}`);
  return fallback === '' ? body : fallback;
};

/** What stands between `<` and `>`, entities already read. */
export const angled = (inner: string, reading: Reading): Tree => {
  const bar = inner.indexOf('|');
  const body = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 ? '' : inner.slice(bar + 1);
  switch (body[0]) {
    case '@':
      return userMention(body.slice(1), reading);
    case '#':
      return channelMention(body.slice(1), reading);
    case '!':
      return special(body.slice(1), label, reading);
    default:
      return link(body, label === '' ? body.replace(/^mailto:/, '') : label);
  }
};
