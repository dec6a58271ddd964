import type { ServerResponse } from 'node:http';
import type { Workspace } from '../slack/types.ts';
import { GUARDING_HEADERS } from './guards.ts';
import type { CommandHint, Looking, PersonShown, TrafficPoint, WorldShown } from './types.ts';
import { workspaceShown } from './workspace-shown.ts';

/** The world as the page shows it. */
export interface World {
  now(): WorldShown;
  /** Points of the last minutes, the oldest first. */
  history(): readonly TrafficPoint[];
  /** Called after every change; returns how to stop it. */
  subscribe(listener: () => void): () => void;
}

interface StreamParts {
  readonly workspace: Workspace;
  readonly world: World;
  readonly people: readonly PersonShown[];
  readonly hints: readonly CommandHint[];
}

export interface Streams {
  /** Sends what this browser sees until it goes. */
  open(response: ServerResponse, looking: Looking): void;
  /** Something that the workspace does not tell of has changed. */
  changed(): void;
  close(): void;
}

/** Short enough to seem at once; long enough that an answer of several calls is sent once. */
const GATHER_MS = 30;

interface Stream {
  readonly response: ServerResponse;
  readonly looking: Looking;
  /** What was sent last, so that nothing is sent twice. */
  workspace: string;
}

/** One stream of server-sent events per browser: whole states, never differences, so that a lost one does no harm. */
export const createStreams = (parts: StreamParts): Streams => {
  const open = new Set<Stream>();
  let gathering: NodeJS.Timeout | null = null;

  const send = ({ response }: Stream, event: string, data: string): void => {
    // A browser that reads nothing must not fill the memory; it gets the state after the next.
    if (response.writableNeedDrain) return;
    response.write(`event: ${event}\ndata: ${data}\n\n`);
  };
  const sendWorkspace = (stream: Stream): void => {
    const text = JSON.stringify(workspaceShown(parts.workspace, parts, stream.looking));
    if (text === stream.workspace) return;
    stream.workspace = text;
    send(stream, 'workspace', text);
  };
  const sendWorld = (): void => {
    const text = JSON.stringify(parts.world.now());
    for (const stream of open) send(stream, 'world', text);
  };
  const changed = (): void => {
    gathering ??= setTimeout(() => {
      gathering = null;
      for (const stream of open) sendWorkspace(stream);
      sendWorld();
    }, GATHER_MS);
  };
  const ends = [parts.workspace.subscribe(changed), parts.world.subscribe(sendWorld)];

  return {
    open: (response, looking) => {
      response.writeHead(200, { ...GUARDING_HEADERS, 'content-type': 'text/event-stream' });
      const stream: Stream = { response, looking, workspace: '' };
      open.add(stream);
      response.on('close', () => open.delete(stream));
      send(stream, 'history', JSON.stringify(parts.world.history()));
      sendWorkspace(stream);
      send(stream, 'world', JSON.stringify(parts.world.now()));
    },
    changed,
    close: () => {
      if (gathering !== null) clearTimeout(gathering);
      for (const end of ends) end();
      for (const { response } of open) response.end();
      open.clear();
    },
  };
};
