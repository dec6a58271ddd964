import pino from 'pino';
import type { CliContext, GlobalOptions } from '../cli/context.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { openDesk } from './desk.ts';
import { notifier } from './notify.ts';
import { talkToSlack } from './slack.ts';

/**
 * Executes in the background until it is told to end: picks up unfinished runs, stands by while another process holds the
 * lease, and tells the notification targets what matters. Never ends because a run went wrong.
 */
export const serve = async (options: GlobalOptions, context: CliContext): Promise<number> => {
  const desk = await openDesk(options);
  const log = pino({ name: 'steer', level: process.env['STEER_LOG'] ?? 'info' });
  try {
    const { product } = desk;
    const fleet = await product.fleet();
    if (fleet.config === null) {
      context.stderr.write('No config is in force in this store. Type: steer store init\n');
      return EXIT.failed;
    }
    const world = await product.world();
    for (const problem of world?.problems ?? []) log.warn({ event: 'provider.unavailable' }, problem);
    log.info({ event: 'serve.started', store: product.store.identity.storeId, runs: fleet.runs.size }, 'serving');
    const watcher = {
      tell: ({ what, run, detail }: { what: string; run: string | null; detail: string }) =>
        log.info({ event: what, run }, detail === '' ? what : detail),
    };
    const executor = await product.executor({}, watcher);
    const telling = notifier(product, desk.mount, (error, event) => log.warn({ event }, error)).run(context.signal);
    const talking = talkToSlack(desk, log, context.signal);
    await executor.run(context.signal);
    await Promise.all([telling, talking]);
    log.info({ event: 'serve.ended' }, 'ended');
    return EXIT.done;
  } finally {
    await desk.close();
  }
};
