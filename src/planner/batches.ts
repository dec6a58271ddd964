import type { ProviderId } from '../domain/ids.ts';
import type { PlannedBatch, PlannedSet } from '../domain/plan.ts';
import type { SteeringCapabilities } from '../domain/steering.ts';

export type Capabilities = Readonly<Record<ProviderId, SteeringCapabilities>>;

interface Group {
  readonly sets: readonly PlannedSet[];
  /** Distinct names and types among them: directional groups of one name are one object at the vendor. */
  readonly objects: number;
  readonly elements: number;
  readonly characters: number;
}

const objectOf = ({ ref }: PlannedSet): string => `${ref.name} ${ref.type}`;

const groupOf = (sets: readonly PlannedSet[]): Group => {
  let elements = 0;
  let characters = 0;
  for (const { base } of sets)
    for (const { cost } of base.members) {
      elements += cost.elements;
      characters += cost.characters;
    }
  return { sets, objects: new Set(sets.map(objectOf)).size, elements, characters };
};

/** Thrown when one name alone is larger than the vendor takes in one batch: found before anything is sent. */
export class NameTooLarge extends Error {
  override readonly name = 'NameTooLarge';
}

const EMPTY: Group = { sets: [], objects: 0, elements: 0, characters: 0 };

type Limits = SteeringCapabilities['batch'];

const roomIn = ({ elements, fenceElements }: Limits): number => elements - fenceElements;

const assertFits = ({ sets, elements, characters }: Group, limits: Limits): void => {
  if (elements <= roomIn(limits) && characters <= limits.characters) return;
  throw new NameTooLarge(
    `${sets[0]?.ref.name ?? ''} needs ${elements} elements and ${characters} characters; one batch holds ${roomIn(limits)} and ${limits.characters}`,
  );
};

const together = (a: Group, b: Group): Group => ({
  sets: [...a.sets, ...b.sets],
  // Whole names are put together, so that none is counted twice.
  objects: a.objects + b.objects,
  elements: a.elements + b.elements,
  characters: a.characters + b.characters,
});

const fitsTogether = (a: Group, b: Group, limits: Limits): boolean =>
  a.elements + b.elements <= roomIn(limits) &&
  a.characters + b.characters <= limits.characters &&
  (limits.sets === null || a.objects + b.objects <= limits.sets);

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

/** What must land together: all types of one name, unless the vendor changes fewer sets at once than the name has. */
const inseparable = (sets: readonly PlannedSet[], most: number | null): readonly Group[] =>
  [...byKey(sets, ({ ref }) => ref.name).values()].flatMap((names) => {
    const whole = groupOf(names);
    return most !== null && whole.objects > most ? [...byKey(names, objectOf).values()].map(groupOf) : [whole];
  });

/**
 * The fewest atomic writes that hold all sets: one zone of one account each, within the vendor's limits. All types of one
 * name (A and AAAA) stay together where the vendor can change them together, and a set is never torn, because atomicity ends
 * at the batch (design rule 4).
 */
export const cutBatches = (sets: readonly PlannedSet[], capabilities: Capabilities): readonly PlannedBatch[] => {
  const batches: PlannedBatch[] = [];
  for (const inZone of byKey(sets, ({ ref }) => `${ref.provider} ${ref.zone}`).values()) {
    const [first] = inZone;
    if (first === undefined) continue;
    const { provider, zone } = first.ref;
    const limits = capabilities[provider]?.batch;
    if (limits === undefined) throw new NameTooLarge(`nothing is known about provider ${provider}`);
    let current: Group = EMPTY;
    const close = (): void => {
      if (current.sets.length > 0)
        batches.push({ batch: batches.length + 1, provider, zone, sets: current.sets.map(({ ref }) => ref.set) });
      current = EMPTY;
    };
    for (const group of inseparable(inZone, limits.sets)) {
      assertFits(group, limits);
      if (!fitsTogether(current, group, limits)) close();
      current = together(current, group);
    }
    close();
  }
  return batches;
};
