import type { App, CodedError } from '@slack/bolt';
import { arrivalOf } from '../arrival.ts';
import type { Door } from '../door.ts';
import { placeOf } from '../turn.ts';
import { renderInternalError } from '../views/refused.ts';

const originOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'original' in error && error.original instanceof Error
    ? error.original
    : error;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Where it happened, without the values: files and lines of our own code. */
const placesIn = (error: unknown): string => {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = stack.match(/src\/[\w./-]+\.ts:\d+/g) ?? [];
  return [...new Set(places)].slice(0, 6).join(' < ');
};

/** What Bolt hands to an extended handler. */
interface Failure {
  readonly error: CodedError;
  readonly body: unknown;
}

/**
 * The last handler: the person is told once, where he is, with an id; the log has the id, the kind and the place. Neither
 * bodies nor sentences of errors are logged, because they repeat what people typed.
 */
export const listenToErrors = (app: App, door: Door): void => {
  app.error(async ({ error, body }: Failure): Promise<void> => {
    const origin = originOf(error);
    const isForeign = nameOf(origin) === 'ForeignPayload';
    if (isForeign) {
      door.log.warn({ event: 'slack.foreign' }, 'a payload of another workspace or app was dropped');
      return;
    }
    const id = door.deps.ids.next('err');
    door.log.error(
      { event: 'slack.failed', id, kind: nameOf(origin), code: String(error.code), at: placesIn(origin) },
      'a listener failed',
    );
    const place = placeOf(arrivalOf(body));
    if (place.user !== '') await door.answers.tell(place, renderInternalError(id));
  });
};
