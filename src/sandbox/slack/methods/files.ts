import { writableChannel } from '../access.ts';
import { ApiError, argumentError } from '../api-error.ts';
import { isList, isObject, textOf } from '../json.ts';
import { postMessage } from '../messages.ts';
import type { State, StoredFile } from '../state.ts';
import type { Json, WorkspaceFile } from '../types.ts';
import type { Method } from './method.ts';

/** A file in three steps: an address to upload to, the upload, and where it is shown. */
const FILE = { tier: 4, token: 'bot', scopes: ['files:write'] } as const;

const MIME_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
  txt: 'text/plain',
};

const mimeTypeOf = (name: string): string =>
  MIME_TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';

const getUrl: Method = {
  ...FILE,
  arguments: ['filename', 'length', 'alt_txt', 'alt_text', 'snippet_type'],
  run: (args, { state }) => {
    const name = args.required('filename');
    const length = args.count('length', 0);
    if (length < 1) throw argumentError(['must be greater than 0 [json-pointer:/length]']);
    const altText = args.text('alt_txt') ?? args.text('alt_text') ?? '';
    const id = state.ids.id('F');
    state.files.set(id, { id, name, altText, length, mimeType: mimeTypeOf(name), bytes: null });
    return { file_id: id, upload_url: `${state.origin}/upload/v1/${id}` };
  },
};

/** Takes the bytes of one file; false when there is no such upload, or it has another length than was announced. */
export const takeUpload = (state: State, id: string, bytes: Uint8Array): boolean => {
  const file = state.files.get(id);
  if (file === undefined || file.bytes !== null || bytes.length !== file.length) return false;
  file.bytes = bytes;
  return true;
};

interface Completed {
  readonly file: StoredFile;
  readonly title: string;
}

const readFiles = (state: State, files: Json | undefined): readonly Completed[] => {
  if (!isList(files) || files.length === 0) throw argumentError(['missing required field: files']);
  return files.map((one) => {
    const file = isObject(one) ? state.files.get(textOf(one['id'])) : undefined;
    if (file === undefined || file.bytes === null) throw new ApiError('file_not_found');
    return { file, title: isObject(one) ? textOf(one['title']) : '' };
  });
};

const shown = ({ file, title }: Completed): WorkspaceFile => ({
  id: file.id,
  name: file.name,
  title: title === '' ? file.name : title,
  mimeType: file.mimeType,
  size: file.length,
  altText: file.altText,
});

const complete: Method = {
  ...FILE,
  arguments: ['files', 'channel_id', 'channels', 'initial_comment', 'thread_ts', 'blocks', 'highlight_type'],
  run: (args, { state }) => {
    const completed = readFiles(state, args.structure('files'));
    const channelId = args.text('channel_id') ?? args.text('channels') ?? '';
    if (channelId !== '') {
      const channel = writableChannel(state, channelId);
      const threadTs = args.text('thread_ts') ?? null;
      const isThread = threadTs === null || channel.messages.some(({ ts }) => ts === threadTs);
      if (!isThread) throw new ApiError('thread_not_found');
      postMessage(state, {
        channel,
        user: state.app.botUserId,
        text: args.text('initial_comment') ?? '',
        blocks: [],
        threadTs,
        isBroadcast: false,
        ephemeralTo: null,
        files: completed.map(shown),
      });
    }
    return { files: completed.map(({ file, title }) => ({ id: file.id, title })) };
  },
};

export const FILES: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': getUrl,
  'files.completeUploadExternal': complete,
};
