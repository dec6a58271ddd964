import type { ServiceConfig } from '../domain/config.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Wave } from '../domain/plan.ts';

/** Groups of services that call each other in a circle (Tarjan's strongly connected components), callees first. */
const components = (
  services: readonly ServiceId[],
  calls: ReadonlyMap<ServiceId, readonly ServiceId[]>,
): ServiceId[][] => {
  const index = new Map<ServiceId, number>();
  const low = new Map<ServiceId, number>();
  const stack: ServiceId[] = [];
  const found: ServiceId[][] = [];

  const visit = (service: ServiceId): void => {
    index.set(service, index.size);
    low.set(service, index.get(service) ?? 0);
    stack.push(service);
    for (const callee of calls.get(service) ?? []) {
      if (!index.has(callee)) visit(callee);
      if (stack.includes(callee)) low.set(service, Math.min(low.get(service) ?? 0, low.get(callee) ?? 0));
    }
    if (low.get(service) !== index.get(service)) return;
    const group = stack.splice(stack.indexOf(service));
    found.push(group.sort());
  };

  for (const service of services) if (!index.has(service)) visit(service);
  return found;
};

/**
 * Callers before what they call, for leaving a region; the reverse for coming home is the same list backwards. Services
 * that call each other in a circle move together; so do all services with the same distance from the callers.
 */
export const wavesOf = (moving: readonly ServiceConfig[]): readonly Wave[] => {
  const ids = moving.map(({ service }) => service);
  const inPlan = new Set(ids);
  const calls = new Map(moving.map((s) => [s.service, s.dependsOn.filter((callee) => inPlan.has(callee))]));
  const groups = components(ids, calls).reverse();
  const groupOf = new Map(groups.flatMap((group, i) => group.map((service) => [service, i] as const)));
  const depth: number[] = groups.map(() => 0);
  groups.forEach((group, i) => {
    for (const callee of group.flatMap((service) => calls.get(service) ?? [])) {
      const j = groupOf.get(callee) ?? i;
      if (j !== i) depth[j] = Math.max(depth[j] ?? 0, (depth[i] ?? 0) + 1);
    }
  });
  const waves: ServiceId[][] = [];
  groups.forEach((group, i) => {
    const d = depth[i] ?? 0;
    waves[d] = [...(waves[d] ?? []), ...group];
  });
  return waves.map((services) => ({ services: services.sort() }));
};
