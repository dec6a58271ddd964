import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { comparable, encodeName } from '../dns-wire/names.ts';
import { ProviderError } from '../errors.ts';
import type { ApiRrset } from './api.ts';
import { luaType, parseSnippet, printSnippet, type Snippet } from './lua.ts';

/** What a name holds that decides how one type of it is answered. */
export interface NameSets {
  /** Its Lua records of every type: they are one record set at the server. */
  readonly lua: ApiRrset | null;
  /** Plain records of the asked type. */
  readonly plain: ApiRrset | null;
}

/**
 * Beside weight and TTL: where in the list the member stands, comments of the record set, and why steer does not manage it
 * (null: it does).
 */
const KEPT = z.strictObject({
  position: z.int(),
  comments: z.array(z.strictObject({ account: z.string(), content: z.string() })),
  unmanaged: z.string().nullable(),
});
type Kept = z.infer<typeof KEPT>;

/** How a Lua record that steer cannot read is called among the members of its name. */
export const UNREAD = '(another Lua record)';

const FIXED_BYTES = 10;
/** `{10000,''},` around each value, and the call around all. */
const CHOICE_CHARACTERS = 12;
const SNIPPET_CHARACTERS = 24;

export const setsAt = (rrsets: readonly ApiRrset[], name: string, type: string): NameSets => {
  const its = rrsets.filter((set) => comparable(set.name) === comparable(name));
  return { lua: its.find((set) => set.type === 'LUA') ?? null, plain: its.find((set) => set.type === type) ?? null };
};

/** The condition, the removal and the new record: everything of a member stands in each of them. */
const costOf = (name: string, value: string): MemberState['cost'] => ({
  elements: 3,
  characters: 3 * (encodeName(name).length + FIXED_BYTES + SNIPPET_CHARACTERS + value.length + CHOICE_CHARACTERS),
});

const commentsOf = (set: ApiRrset | null): Kept['comments'] =>
  (set?.comments ?? []).map(({ account, content }) => ({ account, content }));

/** Contents that answer for this type, whatever their code. */
const contentsFor = ({ lua }: NameSets, type: string) =>
  (lua?.records ?? []).filter(({ content }) => luaType(content) === type);

const objectionTo = (sets: NameSets, type: string): string | null => {
  const own = contentsFor(sets, type);
  if (own.length > 1) return `${own.length} Lua records answer for ${type}`;
  if (own.length > 0 && sets.plain !== null) return `a Lua record and plain ${type} records stand side by side`;
  // A DNS update would take a record away that is switched off, whichever type it is for.
  if (own.length > 0 && (sets.lua?.records ?? []).some(({ disabled }) => disabled === true))
    return 'a Lua record of this name is disabled';
  return null;
};

interface Seen {
  readonly member: string;
  readonly weight: number | null;
  readonly unmanaged: string | null;
}

const seenOf = (sets: NameSets, type: string): readonly Seen[] => {
  const objection = objectionTo(sets, type);
  const plain = (sets.plain?.records ?? []).map(({ content }) => ({
    member: content,
    weight: 1,
    unmanaged: objection ?? `plain ${type} records; put a Lua record with pickwrandom in their place`,
  }));
  const lua = contentsFor(sets, type).flatMap(({ content }): readonly Seen[] => {
    const snippet = parseSnippet(content);
    if (snippet === null) return [{ member: UNREAD, weight: 1, unmanaged: `Lua that is not steer's: ${content}` }];
    return snippet.choices.map(({ weight, value }) => ({
      member: value,
      weight: weight === 0 ? null : weight,
      unmanaged: objection,
    }));
  });
  return [...plain, ...lua];
};

/** The choices of the Lua record for this type as members, or whatever else answers there as members that steer leaves alone. */
export const setStateOf = (ref: SetRef, sets: NameSets): SetState => {
  const seen = seenOf(sets, ref.type);
  const from = contentsFor(sets, ref.type).length > 0 ? sets.lua : sets.plain;
  const members = seen.map(({ member, weight, unmanaged }, position): MemberState => {
    const kept: Kept = { position, comments: commentsOf(from), unmanaged };
    return {
      member,
      weight,
      present: true,
      ttlSeconds: from?.ttl ?? null,
      healthCheck: null,
      kept: { ...kept } satisfies Json,
      cost: costOf(ref.name, member),
    };
  });
  const named = new Map(members.map((member) => [member.member, member]));
  return { set: ref.set, members: [...named.values()].toSorted((a, b) => (a.member < b.member ? -1 : 1)) };
};

const keptOf = ({ member, kept }: MemberState): Kept => {
  const parsed = KEPT.safeParse(kept);
  if (parsed.success) return parsed.data;
  throw new ProviderError('rejected', `"${member}" carries no choice of this vendor to give back`);
};

/** Throws `rejected` for a set that steer must not write. `byUpdate`: whether a DNS update does, which drops comments. */
export const assertSteerable = (ref: SetRef, { members }: SetState, byUpdate: boolean): void => {
  for (const member of members) {
    const { unmanaged, comments } = keptOf(member);
    const what = `${ref.name} ${ref.type}`;
    if (unmanaged !== null) throw new ProviderError('rejected', `${what} is not steer's to change: ${unmanaged}`);
    if (byUpdate && comments.length > 0)
      throw new ProviderError(
        'rejected',
        `${what} has comments, which a DNS update would take away; move them elsewhere, or leave settings.update out`,
      );
  }
};

/** The Lua record that stands for these members, in the order in which they stood. */
export const snippetOf = (ref: SetRef, { members }: SetState): Snippet => ({
  type: ref.type,
  choices: members
    .filter(({ present }) => present)
    .toSorted((a, b) => keptOf(a).position - keptOf(b).position)
    .map(({ member, weight }) => ({ weight: weight ?? 0, value: member })),
});

/** Contents of a name's Lua record set once some types have another snippet; all others stay as they are, new ones follow. */
export const luaContents = (lua: ApiRrset | null, snippets: readonly Snippet[]): readonly string[] => {
  const byType = new Map(snippets.map((snippet) => [snippet.type, printSnippet(snippet)]));
  const held = (lua?.records ?? []).map(({ content }) => content);
  const types = new Set(held.map(luaType));
  const added = [...byType].flatMap(([type, content]) => (types.has(type) ? [] : [content]));
  return [...held.map((content) => byType.get(luaType(content)) ?? content), ...added];
};
