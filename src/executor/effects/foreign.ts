import type { RunEvent } from '../../run/events.ts';

/** The hold for records that somebody else changed: what differs, and that only a person may go on. */
export const foreignHold = (events: readonly RunEvent[]): RunEvent => {
  const sets = events.flatMap((event) => (event.type === 'sets.foreign' ? event.data.sets : []));
  return {
    type: 'run.held',
    data: {
      cause: 'foreign-edit',
      endsByItself: false,
      objections: [],
      because: sets.flatMap(({ set, diff }) => diff.map((line) => `${set}: ${line}`)),
      byHand: [
        'find out who changed these records',
        'put them back and resume, or stop this run and plan anew from what is there now',
      ],
    },
  };
};
