import type { Instant } from '../../src/domain/units.ts';
import type { StoredEvent } from '../../src/ports/journal.ts';
import type { MemoryDisk } from '../../src/store/memory/memory-disk.ts';

/** Fields that tell a story; the others are long and say little. */
const TOLD: ReadonlySet<string> = new Set([
  'step',
  'batch',
  'because',
  'kind',
  'again',
  'cause',
  'endsByItself',
  'reason',
  'pending',
  'found',
  'fence',
  'zone',
  'holder',
  'epoch',
  'direction',
  'progress',
  'weights',
  'by',
  'wave',
]);

const told = (data: unknown): string =>
  data === null || typeof data !== 'object'
    ? ''
    : Object.entries(data)
        .filter(([name]) => TOLD.has(name))
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(' ')
        .slice(0, 400);

const line = ({ at, stream, type, data }: StoredEvent, start: Instant): string =>
  `${((at - start) / 60_000).toFixed(2)} ${stream} ${type} ${told(data)}`;

/** The journal for people who look for a defect, without the samplings. */
export const journalText = ({ events }: MemoryDisk, start: Instant): readonly string[] =>
  events.filter(({ event }) => event.type !== 'observed').map(({ event }) => line(event, start));
