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
 * The regions' health endpoint: 200 when well, 503 when not, no answer where a dead region hangs, 404 for a region or
 * service that does not exist.
 */
export const createHealthEndpoint =
  (world: Pick<World, 'probe'>): WireHandler =>
  async ({ method, path }) => {
    if (method !== 'GET' && method !== 'HEAD') return answer(405, 'only GET and HEAD');
    const [, region, service] = PATH.exec(path) ?? [];
    const result = region === undefined ? undefined : world.probe(region, service);
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

/** What a vendor's health check watches; without a service: the region as a whole. */
type CheckTarget = { readonly region: string; readonly service?: string };

/** The world as a vendor's health checkers see it. */
export type HealthChecks = {
  readonly register: (checkId: string, target: CheckTarget) => void;
  /** Throws for a check that was never registered: a check that watches nothing is a mistake of who composed. */
  readonly checkHealth: (checkId: string) => 'healthy' | 'unhealthy';
};

export const createHealthChecks = (world: Pick<World, 'probe'>): HealthChecks => {
  const targets = new Map<string, CheckTarget>();
  return {
    register: (checkId, target) => {
      targets.set(checkId, target);
    },
    checkHealth: (checkId) => {
      const target = targets.get(checkId);
      if (target === undefined) throw new Error(`Health check ${checkId} watches nothing; register its target first.`);
      return world.probe(target.region, target.service) === 'healthy' ? 'healthy' : 'unhealthy';
    },
  };
};
