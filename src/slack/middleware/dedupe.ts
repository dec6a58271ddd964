import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { Clock } from '../../ports/clock.ts';
import { type Arrival, arrivalOf } from '../arrival.ts';
import type { Log } from '../log.ts';
import type { Seen } from '../seen.ts';

/** Slack's own limit for signed requests; Bolt checks only the past. https://docs.slack.dev/authentication/verifying-requests-from-slack (November 2026) */
const MOST_SKEW_MS = 300_000;

/** What tells one delivery from another: by its transport, and by what is delivered. */
export const keysOf = (arrival: Arrival, deliveryKey: unknown): readonly string[] => {
  const { kind, triggerId, eventId } = arrival;
  return [
    ...(typeof deliveryKey === 'string' ? [`delivery ${deliveryKey}`] : []),
    ...(eventId === null ? [] : [`event ${eventId}`]),
    ...(triggerId === null ? [] : [`${kind} ${triggerId}`]),
  ];
};

/** Acknowledges, where that has not been done for us (events are). */
export const acknowledge = async (args: AnyMiddlewareArgs): Promise<void> => {
  if ('ack' in args && typeof args.ack === 'function') await args.ack();
};

/** Acknowledges and drops what was seen, and what was signed at another time than now. Reads and writes memory only. */
export const dedupe =
  ({ seen, clock, log }: { seen: Seen; clock: Pick<Clock, 'now'>; log: Log }): Middleware<AnyMiddlewareArgs> =>
  async (args) => {
    const { body, context, next } = args;
    const { deliveryKey, sentAtSeconds } = context;
    const skewMs = typeof sentAtSeconds === 'number' ? Math.abs(clock.now() - sentAtSeconds * 1000) : 0;
    if (!(skewMs <= MOST_SKEW_MS)) {
      log.warn({ event: 'slack.skew' }, 'a delivery was signed more than five minutes from now, and was dropped');
      return acknowledge(args);
    }
    const keys = keysOf(arrivalOf(body), deliveryKey);
    if (seen.isRepeat(keys)) {
      log.info({ event: 'slack.repeat' }, 'a delivery came again, and was dropped');
      return acknowledge(args);
    }
    context['keys'] = keys;
    await next();
  };
