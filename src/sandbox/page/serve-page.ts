import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Workspace } from '../slack/types.ts';
import { actSchema } from './act-schema.ts';
import { perform, type Switches } from './acts.ts';
import { fileReader } from './files.ts';
import { GUARDING_HEADERS, refusedRequest } from './guards.ts';
import { createStreams, type World } from './streams.ts';
import type { CommandHint, Looking, PersonShown } from './types.ts';

export interface PageOptions {
  readonly workspace: Workspace;
  readonly world: World;
  readonly switches: Switches;
  /** Whom a reader may act as; the first is who he is at first. */
  readonly people: readonly PersonShown[];
  readonly hints: readonly CommandHint[];
  /** Where `style`, `view` and `browser` lie. */
  readonly directory: string;
  /** 0 for a free one. */
  readonly port: number;
}

export interface ServedPage {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** More than a form of the longest texts that Slack takes. */
const MOST_BYTES = 256 * 1024;

const readBody = async (message: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const answer = (response: ServerResponse, status: number, type: string, body: string | Uint8Array): void => {
  response.writeHead(status, { ...GUARDING_HEADERS, 'content-type': type });
  response.end(body);
};

const sentence = (response: ServerResponse, status: number, text: string): void =>
  answer(response, status, 'text/plain; charset=utf-8', `${text}\n`);

const json = (response: ServerResponse, status: number, value: unknown): void =>
  answer(response, status, 'application/json', JSON.stringify(value));

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Pictures only, whatever was uploaded: another type could be a page of its own on this origin. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif']);

const lookingOf = (query: URLSearchParams): Looking => ({
  as: query.get('as') ?? '',
  channel: query.get('channel') ?? '',
  thread: query.get('thread'),
});

/** Serves the page on loopback. Throws when the port is taken. */
export const servePage = async (options: PageOptions): Promise<ServedPage> => {
  const { workspace, switches } = options;
  const readFile = fileReader(options.directory);
  const streams = createStreams(options);
  const people = new Set(options.people.map(({ id }) => id));

  const act = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(message);
    if (body === null) return sentence(response, 413, `An act has at most ${MOST_BYTES} bytes.`);
    const read = actSchema.safeParse(jsonIn(body));
    if (!read.success) return sentence(response, 400, 'That is not an act that this page knows.');
    const outcome = await perform({ workspace, switches, people }, read.data);
    streams.changed();
    json(response, 200, outcome);
  };
  const file = (response: ServerResponse, id: string): void => {
    const found = workspace.file(decodeURIComponent(id));
    if (found === null || !PICTURES.has(found.mimeType)) sentence(response, 404, 'There is no such picture.');
    else answer(response, 200, found.mimeType, found.bytes);
  };
  const get = async (url: URL, response: ServerResponse): Promise<void> => {
    if (url.pathname === '/events') return streams.open(response, lookingOf(url.searchParams));
    if (url.pathname.startsWith('/file/')) return file(response, url.pathname.slice('/file/'.length));
    const found = await readFile(url.pathname);
    if (found === null) return sentence(response, 404, `There is no ${url.pathname} here.`);
    answer(response, 200, found.type, found.body);
  };

  const server = createServer((message, response) => {
    const serve = async (): Promise<void> => {
      const refused = refusedRequest(message, portOf());
      if (refused !== null) return sentence(response, refused.status, refused.because);
      const url = new URL(message.url ?? '/', 'http://127.0.0.1');
      if (message.method !== 'POST') return get(url, response);
      if (url.pathname !== '/act') return sentence(response, 404, `Nothing can be done at ${url.pathname}.`);
      await act(message, response);
    };
    serve().catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sentence(response, 500, `The sandbox failed: ${error instanceof Error ? error.message : String(error)}`);
    });
  });
  const portOf = (): number => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
    return address.port;
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const port = portOf();
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        streams.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
