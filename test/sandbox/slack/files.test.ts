import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { createInProcessFetch } from '../../../src/sandbox/slack/in-process-fetch.ts';
import { SANDBOX_WORKSPACE } from '../../../src/sandbox/slack/seed.ts';
import { serveWorkspace } from '../../../src/sandbox/slack/serve.ts';
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { call, send } from './call.ts';
import { real, virtual } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';
const OPS = 'C0OPS';
/** Bytes that are no text: the first of a PNG, and every value once. */
const PICTURE = Buffer.from([
  0x89,
  0x50,
  0x4e,
  0x47,
  13,
  10,
  26,
  10,
  ...Array.from({ length: 256 }, (_, byte) => byte),
]);
const picture = { channel_id: OPS, file: PICTURE, filename: 'shares.png', title: 'Shares', alt_text: 'a went to b' };

describe('a file', () => {
  it('is uploaded by the SDK and shown in a thread, byte for byte', async () => {
    const { options } = virtual();
    const workspace = createWorkspace({ ...options, postBurst: 5 });
    const client = new WebClient(SANDBOX_WORKSPACE.app.botToken, {
      slackApiUrl: 'https://slack.invalid/api/',
      fetch: createInProcessFetch(workspace.handle),
    });
    const { ts = '' } = await client.chat.postMessage({ channel: OPS, text: 'top' });

    await client.filesUploadV2({ ...picture, thread_ts: ts, initial_comment: 'drawn' });
    const message = workspace.thread(OPERATOR, OPS, ts).at(-1);
    const file = workspace.file(message?.files[0]?.id ?? '');

    expect(message).toMatchObject({
      text: 'drawn',
      files: [{ name: 'shares.png', title: 'Shares', mimeType: 'image/png', altText: 'a went to b' }],
    });
    expect(Buffer.from(file?.bytes ?? [])).toEqual(PICTURE);
  });

  it('arrives whole over a socket too', async () => {
    const served = await serveWorkspace(real());
    const client = new WebClient(SANDBOX_WORKSPACE.app.botToken, { slackApiUrl: served.apiUrl });

    await client.filesUploadV2(picture);
    const [message] = served.workspace.messages(OPERATOR, OPS);
    const file = served.workspace.file(message?.files[0]?.id ?? '');
    await served.close();

    expect(Buffer.from(file?.bytes ?? [])).toEqual(PICTURE);
  });

  it('needs a name, a length that is true, and bytes before it can be shown', async () => {
    const { options } = virtual();
    const workspace = createWorkspace(options);
    const unnamed = await call(workspace, 'files.getUploadURLExternal', { length: 3 });
    const empty = await call(workspace, 'files.getUploadURLExternal', { filename: 'a.txt', length: 0 });
    const url = await call(workspace, 'files.getUploadURLExternal', { filename: 'a.txt', length: 3 });
    const path = new URL(String(url['upload_url'])).pathname;
    const complete = () =>
      call(workspace, 'files.completeUploadExternal', { files: [{ id: url['file_id'] }], channel_id: OPS });

    const early = await complete();
    const short = await send(workspace, path, 'ab');
    const whole = await send(workspace, path, 'abc');
    const done = await complete();

    expect([unnamed.error, empty.error, early.error]).toEqual([
      'invalid_arguments',
      'invalid_arguments',
      'file_not_found',
    ]);
    expect([short.status, whole.status, done.ok]).toEqual([400, 200, true]);
  });
});
