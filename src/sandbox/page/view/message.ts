import type { WorkspaceFile, WorkspaceMessage } from '../../slack/types.ts';
import type { WorkspaceShown } from '../types.ts';
import { blocks } from './blocks.ts';
import { messageTime } from './dates.ts';
import { mrkdwn } from './mrkdwn.ts';
import type { Reading } from './reading.ts';
import { h, type Tree } from './tree.ts';

interface Around {
  readonly workspace: WorkspaceShown;
  readonly reading: Reading;
  readonly surface: 'channel' | 'thread';
}

const file = ({ id, mimeType, title, altText, name }: WorkspaceFile): Tree => {
  const src = `/file/${encodeURIComponent(id)}`;
  if (!mimeType.startsWith('image/')) return h('p', { class: 'file' }, `File: ${title || name}`);
  return h(
    'figure',
    { key: id },
    h('a', { href: src, target: '_blank', rel: 'noopener noreferrer' }, h('img', { src, alt: altText || title })),
    h('figcaption', {}, title || name),
  );
};

const initials = (name: string): string => (name[0] ?? '?').toUpperCase();

const toThread = ({ threadTs, ts }: WorkspaceMessage, label: string, looks: string): Tree =>
  h(
    'button',
    { type: 'button', class: looks, 'data-do': 'thread', 'data-ts': threadTs ?? ts, 'data-testid': 'open-thread' },
    label,
  );

const replies = (message: WorkspaceMessage, count: number): Tree =>
  count === 0
    ? toThread(message, 'Reply in thread', 'reply quiet')
    : toThread(message, `${count} ${count === 1 ? 'reply' : 'replies'}`, 'reply');

const bodyOf = (message: WorkspaceMessage, { reading, surface }: Around): readonly Tree[] => {
  if (message.isDeleted) return [h('p', { class: 'gone' }, 'This message was deleted.')];
  const place = { channel: message.channel, ts: message.ts };
  const body =
    message.blocks.length > 0
      ? blocks(message.blocks, { place, surface, errors: {} }, reading)
      : [h('p', {}, mrkdwn(message.text, reading))];
  return [...body, ...message.files.map(file)];
};

/** One message. `count` is how many answers its thread has; null where none may be given. */
export const messageTree = (message: WorkspaceMessage, count: number | null, around: Around): Tree => {
  const { workspace, reading } = around;
  const isApp = message.user === workspace.bot;
  const name = reading.names.users[message.user] ?? message.user;
  const isOwn = message.ephemeralTo !== null;
  const time = messageTime(message.ts, reading);
  return h(
    'article',
    {
      key: message.ts,
      class: isOwn ? 'message ephemeral' : 'message',
      'data-testid': isOwn ? 'ephemeral' : 'message',
      'data-ts': message.ts,
      'aria-label': `${name}, ${time}`,
    },
    h('span', { class: isApp ? 'avatar app' : 'avatar', 'aria-hidden': 'true' }, initials(name)),
    h(
      'div',
      { class: 'message-body' },
      isOwn && h('p', { class: 'only-you' }, 'Only visible to you'),
      message.isBroadcast && around.surface === 'channel' && toThread(message, 'Replied to a thread', 'reply'),
      h(
        'p',
        { class: 'by' },
        h('strong', {}, name),
        isApp && h('span', { class: 'badge' }, 'APP'),
        h('time', { class: 'at' }, time),
        message.editedAt !== null && h('span', { class: 'at' }, '(edited)'),
      ),
      bodyOf(message, around),
      count !== null && !isOwn && replies(message, count),
    ),
  );
};
