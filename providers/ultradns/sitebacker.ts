/** One record of a SiteBacker pool, as far as it decides who answers. */
export interface Runner {
  readonly member: string;
  /** 1 is asked first. */
  readonly priority: number;
  readonly isOn: boolean;
}

/** Who answers while all probes are well: of those that are on, the first `maxActive` by priority, by place where equal. */
export const answering = (runners: readonly Runner[], maxActive: number): ReadonlySet<string> =>
  new Set(
    runners
      .filter(({ isOn }) => isOn)
      .toSorted((a, b) => a.priority - b.priority)
      .slice(0, maxActive)
      .map(({ member }) => member),
  );

/** Two of the same priority of which only one fits: nothing says which of them answers. */
const isTied = (runners: readonly Runner[], maxActive: number): boolean => {
  const on = runners.filter(({ isOn }) => isOn).toSorted((a, b) => a.priority - b.priority);
  const [last, next] = [on[maxActive - 1], on[maxActive]];
  return last !== undefined && next !== undefined && last.priority === next.priority;
};

export type Switched =
  | { readonly ok: true; readonly runners: readonly Runner[] }
  | { readonly ok: false; readonly because: string };

const listed = (names: Iterable<string>): string => [...names].map((name) => `"${name}"`).join(', ') || 'nobody';

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((member) => b.has(member));

const switched = (runners: readonly Runner[], which: ReadonlySet<string>, isOn: boolean): readonly Runner[] =>
  runners.map((runner) => (which.has(runner.member) ? { ...runner, isOn } : runner));

/**
 * Which switches make exactly `wanted` answer. Only two kinds are turned: a member that shall answer again is turned on, and
 * one that answers and shall not is turned off, if the first did not displace it already. Standbys are never touched, so that
 * turning the same two back finds the pool as it was. A member may be turned on only above those that answer now: one below
 * them that is off was turned off by somebody, not by a drain of ours.
 */
export const switchesFor = (runners: readonly Runner[], maxActive: number, wanted: ReadonlySet<string>): Switched => {
  const now = answering(runners, maxActive);
  const raised = runners.filter(({ member, isOn }) => wanted.has(member) && !isOn);
  const lastNow = Math.max(...runners.filter(({ member }) => now.has(member)).map(({ priority }) => priority));
  const below = raised.filter(({ priority }) => now.size >= maxActive && priority >= lastNow);
  if (below.length > 0) {
    const names = listed(below.map(({ member }) => member));
    return { ok: false, because: `${names} is off and ranks below those that answer; turn it on at the vendor first` };
  }
  const on = switched(runners, new Set(raised.map(({ member }) => member)), true);
  const surplus = [...answering(on, maxActive)].filter((member) => now.has(member) && !wanted.has(member));
  const after = switched(on, new Set(surplus), false);
  if (isTied(after, maxActive)) {
    return {
      ok: false,
      because: `two records of one priority compete for the last of ${maxActive} places (maxActive)`,
    };
  }
  const would = answering(after, maxActive);
  if (isSame(would, wanted)) return { ok: true, runners: after };
  const because = `${listed(would)} would answer, not ${listed(wanted)}: a SiteBacker pool serves the first ${maxActive} by priority`;
  return { ok: false, because };
};
