import type { Json } from '../../slack/types.ts';
import { dateText } from './dates.ts';
import { channelMention, groupMention, link, mention, userMention } from './mrkdwn-link.ts';
import { field, isTrue, listIn, stringIn } from './read.ts';
import type { Reading } from './reading.ts';
import { h, type Tree } from './tree.ts';

const STYLES = [
  ['bold', 'strong'],
  ['italic', 'em'],
  ['strike', 's'],
  ['code', 'code'],
] as const;

const withStyle = (tree: Tree, element: Json): Tree =>
  STYLES.reduce<Tree>(
    (inner, [style, tag]) => (isTrue(field(element, 'style'), style) ? h(tag, {}, inner) : inner),
    tree,
  );

const bare = (element: Json, reading: Reading): Tree => {
  const text = stringIn(element, 'text');
  switch (stringIn(element, 'type')) {
    case 'link':
      return link(stringIn(element, 'url'), text === '' ? stringIn(element, 'url') : text);
    case 'user':
      return userMention(stringIn(element, 'user_id'), reading);
    case 'usergroup':
      return groupMention(stringIn(element, 'usergroup_id'), reading);
    case 'channel':
      return channelMention(stringIn(element, 'channel_id'), reading);
    case 'broadcast':
      return mention(`@${stringIn(element, 'range')}`);
    case 'emoji':
      return `:${stringIn(element, 'name')}:`;
    case 'date': {
      const fallback = stringIn(element, 'fallback');
      return dateText(Number(field(element, 'timestamp')), stringIn(element, 'format'), reading) ?? fallback;
    }
    default:
      return text;
  }
};

const lineBreaks = (tree: Tree): readonly Tree[] =>
  typeof tree === 'string'
    ? tree.split('\n').flatMap((line, index) => (index === 0 ? [line] : [h('br'), line]))
    : [tree];

const inlines = (element: Json, reading: Reading): readonly Tree[] =>
  listIn(element, 'elements').flatMap((one) => {
    const tree = bare(one, reading);
    const plain = field(one, 'style') === undefined;
    return plain ? lineBreaks(tree) : [withStyle(tree, one)];
  });

const part = (element: Json, reading: Reading): Tree => {
  switch (stringIn(element, 'type')) {
    case 'rich_text_list': {
      const tag = stringIn(element, 'style') === 'ordered' ? 'ol' : 'ul';
      return h(
        tag,
        {},
        listIn(element, 'elements').map((item) => h('li', {}, inlines(item, reading))),
      );
    }
    case 'rich_text_quote':
      return h('blockquote', {}, inlines(element, reading));
    case 'rich_text_preformatted':
      return h(
        'pre',
        {},
        listIn(element, 'elements').map((one) => stringIn(one, 'text')),
      );
    default:
      return h('p', {}, inlines(element, reading));
  }
};

/** A `rich_text` block or cell: what users wrote, which is never read as markup. */
export const richText = (block: Json, reading: Reading): readonly Tree[] =>
  listIn(block, 'elements').map((element) => part(element, reading));
