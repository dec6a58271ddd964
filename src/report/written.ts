import type { ServiceId } from '../domain/ids.ts';
import { keysOf } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import { serviceShares } from '../run/observe.ts';
import type { Story } from './frames.ts';
import type { WrittenPoint } from './series.ts';

const isSame = (a: Shares, b: Shares): boolean => keysOf({ ...a, ...b }).every((region) => a[region] === b[region]);

/** Only what landed counts: an intent is no record. */
const CHANGES: ReadonlySet<string> = new Set(['run.proposed', 'batch.landed']);

/** Shares of one service as steer wrote them, one point per change. */
export const writtenOf = ({ frames }: Story, service: ServiceId): readonly WrittenPoint[] => {
  const points: WrittenPoint[] = [];
  for (const { event, after } of frames) {
    if (!CHANGES.has(event.type)) continue;
    const shares = serviceShares(after, service);
    const last = points.at(-1);
    if (last === undefined || !isSame(last.shares, shares)) points.push({ at: event.at, shares });
  }
  return points;
};
