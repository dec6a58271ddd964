import type { SetAfter } from '../capacity/set-after.ts';
import { type Answerer, isServing } from '../domain/effective.ts';
import type { Objection } from '../domain/objections.ts';
import { refuse } from './objection.ts';

/** Members that this step drains: serving before it, drained after it. */
export const drainedBy = ({ model, outcome: { slots } }: SetAfter): readonly number[] =>
  model.shape.slots.flatMap(({ before }, i) => (isServing(before) && slots[i]?.weight == null ? [i] : []));

const hasCheck = ({ check }: Answerer): boolean => check !== 'none';

/**
 * Weight zero beside health checks is served again once all survivors fail. So it may be written only while the check of
 * every survivor is healthy, and only to a member that has a check itself: without one it counts as healthy for ever and
 * gets everything (design section 6;
 * docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html, November 2026).
 */
export const lastResort = (set: SetAfter): readonly Objection[] => {
  const { slots } = set.outcome;
  const { planned, shape } = set.model;
  const drained = drainedBy(set);
  const survivors = slots.filter(isServing);
  if (planned.drain !== 'zero' || drained.length === 0 || shape.capabilities?.failOpen.drainedIsLastResort !== true)
    return [];
  // A survivor without a check is always healthy, so that the last resort cannot come.
  if (!survivors.every(hasCheck)) return survivors.some(hasCheck) ? unhealthy(set, survivors) : [];
  const bare = drained.filter((i) => !hasCheck(slots[i] ?? { weight: null, present: false, check: 'none' }));
  return [
    ...unhealthy(set, survivors),
    ...bare.map((i) => {
      const { ref, service } = planned;
      const name = shape.slots[i]?.name ?? '';
      const because = `${ref.name} ${ref.type}: ${name} has no health check, so at weight 0 it would get all the traffic once the others fail`;
      return refuse('last-resort', because, { value: name, set: ref.set, service });
    }),
  ];
};

const unhealthy = ({ model, outcome: { slots } }: SetAfter, survivors: readonly Answerer[]): readonly Objection[] => {
  const failing = model.shape.slots.filter((_, i) => {
    const slot = slots[i];
    return slot !== undefined && survivors.includes(slot) && hasCheck(slot) && slot.check !== 'healthy';
  });
  if (failing.length === 0) return [];
  const names = failing.map(({ name }) => name).join(', ');
  const { ref, service } = model.planned;
  const because = `${ref.name} ${ref.type}: a member may be drained by weight 0 only while every survivor's check is healthy; not known of ${names}`;
  return [refuse('last-resort', because, { value: names, limit: 'healthy', set: ref.set, service })];
};
