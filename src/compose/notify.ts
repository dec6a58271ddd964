import type { StoredEvent } from '../ports/journal.ts';
import { phaseOf } from '../run/phase.ts';
import type { Mount } from './mount.ts';
import type { Product } from './product.ts';
import { readSecret } from './secrets.ts';

/** What people are told without asking: the beginning, every hold, every turn and the end. */
const TOLD: ReadonlySet<string> = new Set([
  'run.proposed',
  'approval.given',
  'denial.given',
  'run.started',
  'run.held',
  'hold.asked',
  'resume.asked',
  'stop.asked',
  'rollback.asked',
  'direction.turned',
  'run.finished',
  'run.stopped',
  'run.failed',
  'freeze.set',
  'freeze.lifted',
  'config.accepted',
]);

const POST_MS = 5000;

/**
 * Reads the journal's tail and tells the targets of the config in force. A target that does not answer costs its own
 * message and nothing else: no run ever waits for a notification, and no address is ever printed.
 */
export const notifier = (
  product: Pick<Product, 'store' | 'fleet' | 'world'>,
  mount: Pick<Mount, 'environment'>,
  complain: (problem: string, event: string) => void,
) => {
  const textOf = async (event: StoredEvent): Promise<string> => {
    const fleet = await product.fleet();
    const run = [...fleet.runs.values()].find((candidate) => `run/${candidate.run}` === event.stream);
    if (run === undefined) return `${event.type} in ${event.stream}`;
    const shown = phaseOf(run);
    const source = run.envelope.source ?? 'home';
    const why = run.engineHold === null ? '' : `: ${run.engineHold.because.join('; ')}`;
    return `${run.run} ${run.envelope.request.verb} ${source} (${run.envelope.request.mode}): ${shown.words}${why}`;
  };
  const tell = async (event: StoredEvent): Promise<void> => {
    const world = await product.world();
    const text = await textOf(event);
    for (const target of world?.config.notify ?? []) {
      if (target.kind !== 'webhook' || target.urlFrom === null) continue;
      const url = await readSecret(target.urlFrom, mount);
      if (url === null) {
        complain(
          'a notification target has no address: the variable or file that the config names is empty',
          event.type,
        );
        continue;
      }
      try {
        const body = JSON.stringify({
          event: event.type,
          stream: event.stream,
          at: new Date(event.at).toISOString(),
          text,
        });
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(url, {
          method: 'POST',
          headers,
          body,
          redirect: 'error',
          signal: AbortSignal.timeout(POST_MS),
        });
        if (!answer.ok) complain(`a notification target answered ${answer.status}`, event.type);
      } catch {
        complain('a notification target could not be reached', event.type);
      }
    }
  };
  return {
    run: async (signal: AbortSignal): Promise<void> => {
      let position = (await product.fleet()).position;
      while (!signal.aborted) {
        const events = await product.store.journal.readAll(position, 100);
        for (const event of events) {
          position = event.position;
          if (TOLD.has(event.type)) await tell(event);
        }
        if (events.length === 0) await product.store.journal.wait(position, 15_000, signal).catch(() => false);
      }
    },
  };
};
