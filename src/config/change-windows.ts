import type { ChangeWindow } from '../domain/config.ts';
import type { Effect } from './weakening.ts';

/** Every minute of the week at which moves may happen; null for any time, which an empty list means. */
const minutesOf = (windows: readonly ChangeWindow[]): ReadonlySet<number> | null =>
  windows.length === 0
    ? null
    : new Set(
        windows.flatMap(({ days, fromMinute, toMinute }) =>
          days.flatMap((day) =>
            Array.from({ length: Math.max(0, toMinute - fromMinute) }, (_, minute) => day * 1440 + fromMinute + minute),
          ),
        ),
      );

/** Windows are one value: one minute more than before weakens, however the list was rearranged. */
export const windowsEffect = (before: readonly ChangeWindow[], after: readonly ChangeWindow[]): Effect => {
  const [was, is] = [minutesOf(before), minutesOf(after)];
  if (is === null) return was === null ? 'neutral' : 'weakens';
  if (was === null) return 'strengthens';
  if (!is.isSubsetOf(was)) return 'weakens';
  return is.size === was.size ? 'neutral' : 'strengthens';
};
