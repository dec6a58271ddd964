import type { WireHandler } from '../wire.ts';
import type { World } from './world.ts';

const answer = (status: number, word: string) => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ status: word }),
});

/** `/health/<region>` and `/health/<region>/<service>`. */
const PATH = /^\/health\/([^/]+)(?:\/([^/]+))?$/;

/**
 * The regions' health endpoint as steer reaches it: 200 when well, 503 when not, no answer where a dead region hangs, 404 for a region or
 * service that does not exist.
 */
export const createHealthEndpoint =
  (world: Pick<World, 'probe'>): WireHandler =>
  async ({ method, path }) => {
    if (method !== 'GET' && method !== 'HEAD') return answer(405, 'only GET and HEAD');
    const [, region, service] = PATH.exec(path) ?? [];
    const result = region === undefined ? undefined : world.probe(region, service, 'steer');
    switch (result) {
      case undefined:
        return answer(404, 'no such region or service');
      case 'hang':
        return 'hang';
      case 'unhealthy':
        return answer(503, 'unhealthy');
      case 'healthy':
        return answer(200, 'ok');
    }
  };
