import { dirname } from 'node:path';
import { ProviderError } from '../errors.ts';
import type { SetChange } from '../steering.ts';
import { type AdminState, forcing, ownStates, parseAdminState, withOwnStates } from './admin-state.ts';
import type { Snapshot } from './snapshot.ts';
import { answerersOf, isForcedDown, statesOf } from './translate.ts';
import type { Stanza, WeightedItem } from './weighted.ts';
import { withWeights } from './weights-file.ts';

/** A file as it was read and as it shall be. */
export interface FileChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

/** What one write changes: files with weights, which gdnsd must be told to load, and `admin_state`, which it watches. */
export interface WritePlan {
  readonly weights: readonly FileChange[];
  readonly admin: FileChange | null;
}

const rejected = (because: string): ProviderError => new ProviderError('rejected', `gdnsd: ${because}`);

interface Target {
  readonly change: SetChange;
  readonly stanza: Stanza;
}

/** The one weighted stanza of a set, or why steer cannot write it. */
const targetOf = (change: SetChange, snapshot: Snapshot): Target => {
  const { ref } = change;
  const [answerer, ...more] = answerersOf(ref, snapshot.answering);
  const stanza = answerer?.stanza ?? null;
  const where = `${ref.name} ${ref.type}`;
  if (stanza === null || more.length > 0) {
    throw rejected(
      `${where} is not answered by one resource of the plugin \`weighted\`; give it \`DYNA weighted!NAME\``,
    );
  }
  if (stanza.shape === 'multi') {
    throw rejected(`${where}: weighted!${stanza.resource} has \`multi = true\`, so that its weights are no shares`);
  }
  if (stanza.shape === 'grouped') {
    throw rejected(`${where}: weighted!${stanza.resource} has groups; steer weighs items that stand alone`);
  }
  return { change, stanza };
};

/** Two names that one resource answers have one set of weights. */
const assertApart = (targets: readonly Target[]): void => {
  const twice = targets.find(({ stanza }, index) => targets.findIndex((one) => one.stanza === stanza) !== index);
  if (twice === undefined) return;
  throw rejected(
    `weighted!${twice.stanza.resource} answers ${twice.change.ref.name} and another name of this write; let one name be a CNAME of the other, or give each a resource`,
  );
};

const isMoved = ({ change }: Target, { name }: WeightedItem): boolean => {
  const wanted = change.weights[name];
  const held = change.expects.members.find(({ member }) => member === name)?.weight;
  return wanted !== held;
};

/** States of gdnsd that shall be forced down by steer's lines once the write has landed. */
const wantedStates = (targets: readonly Target[], held: ReadonlySet<string>): readonly string[] => {
  const wanted = new Set(held);
  for (const target of targets)
    for (const item of target.stanza.items.filter((one) => isMoved(target, one)))
      for (const state of statesOf(item, target.stanza)) {
        if (target.change.weights[item.name] === null) wanted.add(state);
        else wanted.delete(state);
      }
  return [...wanted];
};

/** A key that comes twice voids the whole file, so steer's line cannot stand beside the same one of somebody else. */
const assertNoTwin = (admin: AdminState, states: readonly string[]): void => {
  const twin = admin.rules.find(({ glob, isOwn }) => !isOwn && states.includes(glob));
  if (twin === undefined) return;
  throw rejected(`line ${twin.line} of admin_state forces ${twin.glob} ${twin.forced} already; take it away first`);
};

/** Every changed member must come out as the write says, whatever lines of others there are. */
const assertEffective = ({ change, stanza }: Target, admin: AdminState): void => {
  for (const item of stanza.items) {
    const states = statesOf(item, stanza);
    const isDown = isForcedDown(states, admin.rules);
    if (isDown === (change.weights[item.name] === null)) continue;
    const rules = states.flatMap((state) => forcing(admin.rules, state) ?? []);
    const lines = rules.filter(({ isOwn }) => !isOwn).map(({ glob, forced }) => `\`${glob} => ${forced}\``);
    const because =
      lines.length === 0
        ? 'another member of this write has its address and service type; move both alike'
        : `the line ${lines.join(', ')} of admin_state is not steer's and wins; take it away`;
    throw rejected(
      `"${item.name}" of ${change.ref.name} would be ${isDown ? 'drained' : 'in service'} after all: ${because}`,
    );
  }
};

/** A threshold under which so much of all weight is enough. */
const lowEnough = (up: number, total: number): number => {
  const usual = 0.01;
  return up >= Math.ceil(usual * total) ? usual : up / total;
};

/**
 * gdnsd-plugin-weighted(8): below `ceil(up_thresh x total)` all weights count again as if nothing were down, so that the write
 * would be accepted and ignored (seen on 3.8.1, for addresses and for names).
 */
const assertAboveThreshold = ({ change, stanza }: Target): void => {
  const after = stanza.items.map(({ name, weight }) => ({
    weight: change.weights[name] ?? weight,
    isUp: change.weights[name] !== null,
  }));
  const total = after.reduce((sum, { weight }) => sum + weight, 0);
  const up = after.reduce((sum, { weight, isUp }) => (isUp ? sum + weight : sum), 0);
  const needed = Math.ceil(stanza.upThreshold * total);
  if (up >= needed) return;
  throw rejected(
    `${change.ref.name} ${change.ref.type}: weight ${up} of ${total} would be up, and below ${needed} (up_thresh ${stanza.upThreshold}) gdnsd answers with the drained members, too; lower \`up_thresh\` of weighted!${stanza.resource} to ${lowEnough(up, total)} and load it`,
  );
};

/** A forced state belongs to an address, whoever uses it: nobody else's answers may change with this write. */
const assertNobodyElse = (targets: readonly Target[], snapshot: Snapshot, after: AdminState): void => {
  const isChanged = (state: string): boolean =>
    forcing(snapshot.admin.rules, state)?.forced !== forcing(after.rules, state)?.forced;
  const steered = new Set(targets.map(({ stanza }) => stanza));
  for (const stanza of snapshot.answering.stanzas.filter((one) => !steered.has(one)))
    for (const item of stanza.items) {
      if (!statesOf(item, stanza).some(isChanged)) continue;
      throw rejected(
        `"${item.name}" of weighted!${stanza.resource} has the same address and service type as a member of this write, and would be drained with it; give one of them a service type of its own, or steer both in one write`,
      );
    }
  for (const { stanza } of targets)
    for (const item of stanza.items) {
      if (!snapshot.elsewhere.has(item.value) || !statesOf(item, stanza).some(isChanged)) continue;
      throw rejected(
        `another plugin uses ${item.value}, too, and would see it as down; give "${item.name}" an address of its own`,
      );
    }
};

const assertKnown = (states: readonly string[], known: ReadonlySet<string>): void => {
  const unknown = states.find((state) => !known.has(state));
  if (unknown === undefined) return;
  throw rejected(
    `gdnsd knows no state ${unknown}: it has not loaded the configuration that is on disk; \`gdnsdctl replace\` does`,
  );
};

/** New weights of one set, where they are new. */
const weightsOf = (target: Target): ReadonlyMap<string, number> =>
  new Map(
    target.stanza.items.flatMap(({ name, weight }): readonly (readonly [string, number])[] => {
      const wanted = target.change.weights[name];
      return typeof wanted === 'number' && wanted !== weight ? [[name, wanted]] : [];
    }),
  );

const weightsChange = (target: Target, snapshot: Snapshot): readonly FileChange[] => {
  const weights = weightsOf(target);
  if (weights.size === 0) return [];
  const { resource, file } = target.stanza;
  const { weightsDirectory } = snapshot.paths;
  if (file === null || dirname(file) !== weightsDirectory) {
    throw rejected(
      `the weights of weighted!${resource} are not in a file of ${weightsDirectory}, so its members can only be drained and given back with weight as it is; move its items there, one a line, and put \`$include{${weightsDirectory}/${resource}}\` in their place`,
    );
  }
  if ((snapshot.includes.get(file) ?? 0) !== 1) {
    throw rejected(
      `${file} is included more than once, so that its weights belong to several resources; give each its own`,
    );
  }
  const before = snapshot.texts.get(file) ?? '';
  return [{ path: file, before, after: withWeights(before, weights, file) }];
};

/**
 * What a write must change so that every member comes out as it says, or why it cannot be: nothing is written then. `known` are
 * the states that the running gdnsd has. Throws `rejected`.
 */
export const planWrite = (changes: readonly SetChange[], snapshot: Snapshot, known: ReadonlySet<string>): WritePlan => {
  const targets = changes.map((change) => targetOf(change, snapshot));
  assertApart(targets);
  const states = wantedStates(targets, ownStates(snapshot.admin));
  const added = states.filter((state) => !ownStates(snapshot.admin).has(state));
  assertKnown(added, known);
  assertNoTwin(snapshot.admin, added);
  const { adminState } = snapshot.paths;
  const text = withOwnStates(snapshot.admin, states);
  const after = parseAdminState(text, adminState);
  for (const target of targets) {
    assertEffective(target, after);
    assertAboveThreshold(target);
  }
  assertNobodyElse(targets, snapshot, after);
  const before = snapshot.texts.get(adminState) ?? null;
  return {
    weights: targets.flatMap((target) => weightsChange(target, snapshot)),
    admin: text === (before ?? '') ? null : { path: adminState, before, after: text },
  };
};
