/** What Slack refuses, as far as the bot's own messages can offend; one sentence for each offence. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Node = { readonly [key: string]: Json };

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const children = (value: Json): readonly Node[] =>
  (Array.isArray(value) ? value : isNode(value) ? Object.values(value) : []).flatMap((child: Json) =>
    isNode(child) ? [child, ...children(child)] : children(child),
  );

const textIn = (value: Json | undefined): string => {
  const text = isNode(value) ? value['text'] : value;
  return typeof text === 'string' ? text : '';
};

/** [field, most characters] by the type of a node. */
const LENGTHS: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  header: [['text', 150]],
  section: [['text', 3000]],
  button: [
    ['text', 75],
    ['value', 2000],
    ['accessibility_label', 75],
    ['action_id', 255],
  ],
  plain_text_input: [['action_id', 255]],
  input: [
    ['label', 2000],
    ['hint', 2000],
  ],
  raw_text: [['text', 3000]],
};

/** [field, most entries, fewest entries]. */
const COUNTS: Readonly<Record<string, readonly [string, number]>> = {
  actions: ['elements', 25],
  context: ['elements', 10],
  checkboxes: ['options', 10],
  table: ['rows', 100],
};

const lengthsOf = (node: Node): readonly string[] => {
  const type = String(node['type']);
  const long = (LENGTHS[type] ?? []).flatMap(([field, most]) => {
    const { length } = textIn(node[field]);
    return length > most ? [`${type}.${field} has ${length} characters, at most ${most}`] : [];
  });
  const count = COUNTS[type];
  const entries = count === undefined ? [] : node[count[0]];
  const many =
    count !== undefined && Array.isArray(entries) && (entries.length > count[1] || entries.length === 0)
      ? [`${type}.${count[0]} has ${entries.length} entries, at most ${count[1]}`]
      : [];
  return [...long, ...many];
};

const dialogOf = (node: Node): readonly string[] => {
  const dialog = node['confirm'];
  if (node['type'] !== 'button' || !isNode(dialog)) return [];
  const most = { title: 100, text: 300, confirm: 30, deny: 30 } as const;
  return Object.entries(most).flatMap(([field, limit]) => {
    const { length } = textIn(dialog[field]);
    return length > limit || length === 0 ? [`confirm.${field} has ${length} characters, 1 to ${limit}`] : [];
  });
};

const textOf = (node: Node): readonly string[] => {
  const isText = ['mrkdwn', 'plain_text', 'raw_text', 'text'].includes(String(node['type']));
  return isText && textIn(node) === '' ? [`an empty ${String(node['type'])}`] : [];
};

const idsOf = (blocks: readonly Node[]): readonly string[] => {
  const ids = blocks.flatMap(({ block_id }) => (typeof block_id === 'string' ? [block_id] : []));
  return [
    ...(new Set(ids).size < ids.length ? ['a block_id stands twice'] : []),
    ...ids.filter(({ length }) => length > 255).map(() => 'a block_id is too long'),
  ];
};

/** Everything that is wrong with the blocks of a message (50) or of a view (100). */
export const offences = (blocks: unknown, mostBlocks = 50): readonly string[] => {
  const parsed: Json = JSON.parse(JSON.stringify(blocks));
  if (!Array.isArray(parsed)) return ['no list of blocks'];
  const top = parsed.filter(isNode);
  const all = children(parsed);
  const tables = all.filter(({ type }) => type === 'table').length;
  const size = JSON.stringify(parsed).length;
  return [
    ...(top.length > mostBlocks || top.length === 0 ? [`${top.length} blocks, 1 to ${mostBlocks}`] : []),
    ...(tables > 1 ? [`${tables} tables in one message`] : []),
    ...(size > 12_000 ? [`all blocks have ${size} characters, at most 12000`] : []),
    ...idsOf(top),
    ...all.flatMap((node) => [...lengthsOf(node), ...dialogOf(node), ...textOf(node)]),
  ];
};

/** Every string that Slack reads as mrkdwn. */
export const mrkdwnTexts = (blocks: unknown): readonly string[] => {
  const parsed: Json = JSON.parse(JSON.stringify(blocks));
  return children(parsed)
    .filter(({ type }) => type === 'mrkdwn')
    .map((node) => textIn(node));
};

/** What is alive in mrkdwn: mentions, links, dates. Everything else between angle brackets would be a defect too. */
export const tokensIn = (mrkdwn: string): readonly string[] => mrkdwn.match(/<[^>]*>?/g) ?? [];

export const isDate = (token: string): boolean =>
  /^<!date\^\d+\^\{(date_short\} \{)?time_secs\}\|[\d :-]+ UTC>$/.test(token);

/** The buttons of a message, as they are read and as they act. */
export const buttonsIn = (blocks: unknown): readonly { label: string; action: string; confirms: boolean }[] => {
  const parsed: Json = JSON.parse(JSON.stringify(blocks));
  return children(parsed)
    .filter(({ type }) => type === 'button')
    .map((node) => ({
      label: textIn(node['text']),
      action: String(node['action_id']),
      confirms: node['confirm'] !== undefined,
    }));
};

/** A message as somebody reads it, block by block; for golden texts. */
export const readable = (blocks: unknown): string => {
  const parsed: Json = JSON.parse(JSON.stringify(blocks));
  const top = Array.isArray(parsed) ? parsed.filter(isNode) : [];
  return top.map(readBlock).join('\n');
};

const list = (value: Json | undefined): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

const readBlock = (block: Node): string => {
  switch (block['type']) {
    case 'header':
      return `# ${textIn(block['text'])}`;
    case 'context':
      return `-- ${list(block['elements']).map(textIn).join(' ')}`;
    case 'actions':
      return list(block['elements'])
        .map((element) => `[${textIn(element['text'])}]`)
        .join(' ');
    case 'rich_text':
      return children(block).map(textIn).join('');
    case 'table':
      return '(table)';
    case 'plan':
      return list(block['tasks'])
        .map((task) => `(${String(task['status'])}) ${String(task['title'])}`)
        .join('\n');
    case 'input':
      return `${textIn(block['label'])}: ____`;
    default:
      return textIn(block['text']);
  }
};
