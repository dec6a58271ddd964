import type { ProviderId, SetId } from '../domain/ids.ts';
import type { PlannedBatch, PlannedSet } from '../domain/plan.ts';
import type { SteeringCapabilities } from '../domain/steering.ts';

export type Capabilities = Readonly<Record<ProviderId, SteeringCapabilities>>;

interface Group {
  readonly sets: readonly PlannedSet[];
  readonly elements: number;
  readonly characters: number;
}

const groupOf = (sets: readonly PlannedSet[]): Group => {
  let elements = 0;
  let characters = 0;
  for (const { base } of sets)
    for (const { cost } of base.members) {
      elements += cost.elements;
      characters += cost.characters;
    }
  return { sets, elements, characters };
};

/** Thrown when one name alone is larger than the vendor takes in one batch: found before anything is sent. */
export class NameTooLarge extends Error {
  override readonly name = 'NameTooLarge';
}

const byKey = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const k = key(item);
    const group = groups.get(k);
    if (group === undefined) groups.set(k, [item]);
    else group.push(item);
  }
  return groups;
};

/**
 * The fewest atomic writes that hold all sets: one zone of one account each, within the vendor's limits. All types of one
 * name (A and AAAA) stay together, and a set is never torn, because atomicity ends at the batch (design rule 4).
 */
export const cutBatches = (sets: readonly PlannedSet[], capabilities: Capabilities): readonly PlannedBatch[] => {
  const batches: PlannedBatch[] = [];
  for (const inZone of byKey(sets, ({ ref }) => `${ref.provider} ${ref.zone}`).values()) {
    const [first] = inZone;
    if (first === undefined) continue;
    const { provider, zone } = first.ref;
    const limits = capabilities[provider]?.batch;
    if (limits === undefined) throw new NameTooLarge(`nothing is known about provider ${provider}`);
    let current: { sets: SetId[]; elements: number; characters: number } | null = null;
    const close = (): void => {
      if (current !== null) batches.push({ batch: batches.length + 1, provider, zone, sets: current.sets });
      current = null;
    };
    for (const names of byKey(inZone, ({ ref }) => ref.name).values()) {
      const group = groupOf(names);
      const room = limits.elements - limits.fenceElements;
      if (group.elements > room || group.characters > limits.characters) {
        const name = names[0]?.ref.name ?? '';
        throw new NameTooLarge(
          `${name} needs ${group.elements} elements and ${group.characters} characters; one batch holds ${room} and ${limits.characters}`,
        );
      }
      const open: { sets: SetId[]; elements: number; characters: number } = current ?? {
        sets: [],
        elements: 0,
        characters: 0,
      };
      const fits = open.elements + group.elements <= room && open.characters + group.characters <= limits.characters;
      if (!fits) close();
      const target: { sets: SetId[]; elements: number; characters: number } = fits
        ? open
        : { sets: [], elements: 0, characters: 0 };
      target.sets.push(...group.sets.map(({ ref }) => ref.set));
      target.elements += group.elements;
      target.characters += group.characters;
      current = target;
    }
    close();
  }
  return batches;
};
