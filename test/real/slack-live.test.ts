import { LogLevel } from '@slack/bolt';
import { afterEach, expect, it, vi } from 'vitest';
import { packageAssetPath } from '../../src/compose/assets.ts';
import type { Config } from '../../src/domain/config.ts';
import { SANDBOX_WORKSPACE } from '../../src/sandbox/slack/seed.ts';
import { type ServedWorkspace, serveWorkspace } from '../../src/sandbox/slack/serve.ts';
import { progressClient } from '../../src/slack/clients.ts';
import { slackEasel } from '../../src/slack/live/easel.ts';
import { createFollower } from '../../src/slack/live/follower.ts';
import { MemoryDisk } from '../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import { systemClock } from '../../src/system/clock.ts';
import { sha256 } from '../../src/system/hash.ts';
import { systemRandom } from '../../src/system/random.ts';
import { real } from '../sandbox/slack/workspace-options.ts';
import { peopleOf, slackConfig } from '../slack/support/house.ts';
import { fleetConfig } from '../support/fleet-config.ts';
import { stopped } from '../support/run-stories.ts';

let served: ServedWorkspace;

afterEach(() => served.close());

const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

it('a live message goes over real sockets on the real clock, and a real picture into its thread', async () => {
  served = await serveWorkspace(real());
  const { workspace, apiUrl } = served;
  const { app, team } = SANDBOX_WORKSPACE;
  const disk = new MemoryDisk({ storeId: 'store_1', region: 'us-west-2', madeAt: Date.now() });
  const { journal } = openMemoryStore(disk, { clock: systemClock, hash: sha256 });
  const config: Config = {
    ...fleetConfig({}),
    people: peopleOf(team.id),
    slack: slackConfig({ team: team.id, endpoint: apiUrl }),
  };
  const ended = new AbortController();
  const following = createFollower({
    journal,
    clock: systemClock,
    random: systemRandom,
    ids: { next: () => 'bot_1' },
    port: progressClient(app.botToken, { endpoint: apiUrl, logger: silent, fetch: null }),
    config: async () => config,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    easel: slackEasel({
      files: {
        wasm: packageAssetPath('@resvg/resvg-wasm/index_bg.wasm'),
        font: packageAssetPath('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
      },
      fetch: globalThis.fetch,
      endpoint: apiUrl,
    }),
  }).run(ended.signal);
  const append = ({ type, data, version }: ReturnType<typeof stopped>[number]) =>
    journal.append({ stream: 'run/run_1', expectedVersion: version - 1, events: [{ type, data }] });
  const top = () => workspace.messages('U0VIEWER', 'C0OPS').filter(({ threadTs }) => threadTs === null);
  const [proposed, ...others] = stopped();
  if (proposed === undefined) throw new Error('no story');

  await append(proposed);
  await vi.waitFor(() => expect(top()[0]?.text).toContain('WAITING FOR APPROVAL'), 10_000);
  for (const event of others) await append(event);
  const thread = () => workspace.thread('U0VIEWER', 'C0OPS', top()[0]?.ts ?? '');
  await vi.waitFor(() => expect(thread().flatMap(({ files }) => files)).toHaveLength(1), 40_000);
  ended.abort(new Error('the test ends'));
  await following;

  expect(top()).toHaveLength(1);
  expect(top()[0]?.text).toMatch(/^STOPPED \(person\)/);
  const [file] = thread().flatMap(({ files }) => files);
  expect(file?.altText).toContain('us-east-1');
  expect(workspace.file(file?.id ?? '')?.bytes.length).toBeGreaterThan(20_000);
});
