import type { Place } from '../../slack/types.ts';

/** The place of a block as attributes of what acts in it. */
export const placeAttributes = (place: Place): Readonly<Record<string, string>> =>
  'view' in place ? { 'data-view': place.view } : { 'data-channel': place.channel, 'data-ts': place.ts };

/** Ids of one page must differ, and a message may stand in the channel and in the thread at once. */
export const placeId = (place: Place, surface: string): string =>
  'view' in place ? `${surface}-${place.view}` : `${surface}-${place.channel}-${place.ts}`;
