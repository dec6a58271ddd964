import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import { compareValues } from '../../src/domain/rdata.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import { comparable } from '../dns-wire/names.ts';
import { recordValue } from '../dns-wire/record-sets.ts';
import { ProviderError } from '../errors.ts';
import type { GroupKey, RecordGroup } from '../record-change.ts';
import type { ApiRrset, RrsetPatch } from './api.ts';
import { luaType, parseSnippet } from './lua.ts';
import { luaContents } from './translate.ts';

/** What a set holds beside its values: comments, and records that are switched off. */
const KEPT = z
  .strictObject({
    comments: z.array(z.strictObject({ account: z.string(), content: z.string() })),
    disabled: z.array(z.string()),
  })
  .nullable();

const keptOf = (set: ApiRrset): Json => {
  const comments = (set.comments ?? []).map(({ account, content }) => ({ account, content }));
  const disabled = set.records.filter((record) => record.disabled === true).map(({ content }) => content);
  return comments.length === 0 && disabled.length === 0 ? null : { comments, disabled: disabled.toSorted() };
};

const plain = (set: ApiRrset): RecordSet => {
  const values = set.records.filter(({ disabled }) => disabled !== true).map(({ content }) => content);
  const isOff = values.length === 0;
  return {
    name: comparable(set.name),
    type: set.type,
    qualifier: isOff ? '(disabled)' : null,
    ttlSeconds: set.ttl,
    values: values.map((value) => recordValue(set.type, value)).toSorted(compareValues),
    alias: null,
    profile: isOff ? { kind: 'other', what: 'disabled records' } : { kind: 'basic' },
    kept: keptOf(set),
  };
};

const unread = (set: ApiRrset, type: string, content: string, index: number): RecordSet => ({
  name: comparable(set.name),
  type,
  qualifier: `(Lua ${index + 1})`,
  ttlSeconds: set.ttl,
  values: [],
  alias: null,
  profile: { kind: 'other', what: 'LUA' },
  kept: { lua: content },
});

/** The choices of a Lua record as weighted sets, one for each value; any other Lua as something that steer only shows. */
const fromLua = (set: ApiRrset, all: readonly ApiRrset[]): readonly RecordSet[] =>
  set.records.flatMap(({ content, disabled }, index): readonly RecordSet[] => {
    const type = luaType(content);
    const isAlone = set.records.filter((other) => luaType(other.content) === type).length === 1;
    const isBesidePlain = all.some((other) => comparable(other.name) === comparable(set.name) && other.type === type);
    const snippet = parseSnippet(content);
    if (snippet === null || !isAlone || isBesidePlain || disabled === true) return [unread(set, type, content, index)];
    return snippet.choices.map(({ weight, value }) => ({
      ...plain({ ...set, type, records: [{ content: value }] }),
      qualifier: value,
      profile: { kind: 'weighted', weight: weight === 0 ? null : weight },
    }));
  });

export const recordSetsOf = (rrsets: readonly ApiRrset[]): readonly RecordSet[] =>
  rrsets.flatMap((set) => (set.type === 'LUA' ? fromLua(set, rrsets) : [plain(set)]));

/** What is wrong with a group beyond what any vendor would say; null for nothing. */
export const objectionTo = ({ name, type, before, after }: RecordGroup): string | null => {
  const all = [...before, ...after];
  const what = `${name} ${type}`;
  if (all.some(({ profile }) => profile.kind === 'other')) return `${what} is answered by Lua that is not steer's`;
  const weighted = after.filter(({ profile }) => profile.kind === 'weighted');
  if (weighted.length > 0 && weighted.length < after.length)
    return `${what}: weighted and plain sets exclude each other`;
  const odd = weighted.find(({ qualifier, values }) => values.length !== 1 || values[0] !== qualifier);
  if (odd !== undefined)
    return `${what}: the qualifier of a weighted set is its one value, e.g. ${odd.values[0] ?? ''}`;
  if (new Set(weighted.map(({ ttlSeconds }) => ttlSeconds)).size > 1)
    return `${what}: all its weighted sets share one TTL`;
  return null;
};

const plainPatch = ({ name, type, after }: RecordGroup): RrsetPatch => {
  const [set] = after;
  if (set === undefined) return { changetype: 'DELETE', name, type, records: [] };
  const disabled = KEPT.safeParse(set.kept).data?.disabled ?? [];
  const records = [
    ...set.values.map((content) => ({ content, disabled: false })),
    ...disabled.map((content) => ({ content, disabled: true })),
  ];
  return { changetype: 'REPLACE', name, type, ttl: set.ttlSeconds ?? 0, records };
};

const isWeighted = ({ before, after }: RecordGroup): boolean =>
  [...before, ...after].some(({ profile }) => profile.kind === 'weighted');

const weightOf = ({ profile }: RecordSet): number => (profile.kind === 'weighted' ? (profile.weight ?? 0) : 0);

/** Values that were there keep their places; new ones follow. */
const snippetFor = ({ type, before, after }: RecordGroup) => {
  const place = (set: RecordSet): number => {
    const at = before.findIndex(({ qualifier }) => qualifier === set.qualifier);
    return at < 0 ? before.length : at;
  };
  const choices = after
    .toSorted((a, b) => place(a) - place(b))
    .map((set) => ({ weight: weightOf(set), value: set.qualifier ?? '' }));
  return { type, choices };
};

/** All types of one name that Lua answers are one record set at the server, with one TTL. */
const luaPatch = (name: string, groups: readonly RecordGroup[], live: readonly ApiRrset[]): RrsetPatch => {
  const lua = live.find((set) => set.type === 'LUA' && comparable(set.name) === name) ?? null;
  const gone = groups.filter(({ after }) => after.length === 0).map(({ type }) => type);
  const left = (lua?.records ?? []).filter(({ content }) => !gone.includes(luaType(content)));
  const snippets = groups.filter(({ after }) => after.length > 0).map(snippetFor);
  const kept = left.filter(({ content }) => !snippets.some(({ type }) => type === luaType(content)));
  const ttls = new Set([
    ...groups.flatMap(({ after }) => after.map(({ ttlSeconds }) => ttlSeconds ?? 0)),
    ...(kept.length > 0 && lua !== null ? [lua.ttl] : []),
  ]);
  const [ttl, ...more] = ttls;
  if (more.length > 0) {
    const message = `${name}: all its weighted sets share one TTL, whatever their type; change them together`;
    throw new ProviderError('rejected', message);
  }
  if (ttl === undefined) return { changetype: 'DELETE', name, type: 'LUA', records: [] };
  const contents = luaContents(lua === null ? null : { ...lua, records: left }, snippets);
  const records = contents.map((content) => ({
    content,
    disabled: kept.find((one) => one.content === content)?.disabled ?? false,
  }));
  return { changetype: 'REPLACE', name, type: 'LUA', ttl, records };
};

/** One PATCH for all groups: what was plain and becomes weighted is taken away and made anew in it. */
export const patchesFor = (groups: readonly RecordGroup[], live: readonly ApiRrset[]): readonly RrsetPatch[] => {
  const lua = Map.groupBy(groups.filter(isWeighted), ({ name }) => comparable(name));
  const isPlain = ({ before, after }: RecordGroup): boolean =>
    [...before, ...after].some(({ profile }) => profile.kind === 'basic');
  const ofPlain = (group: RecordGroup): RecordGroup => ({
    ...group,
    after: group.after.filter(({ profile }) => profile.kind === 'basic'),
  });
  const ofLua = (group: RecordGroup): RecordGroup => ({
    ...group,
    after: group.after.filter(({ profile }) => profile.kind === 'weighted'),
  });
  return [
    ...groups.filter(isPlain).map((group) => plainPatch(ofPlain(group))),
    ...[...lua].map(([name, its]) => luaPatch(name, its.map(ofLua), live)),
  ];
};

export const namesOf = (groups: readonly GroupKey[]): readonly string[] => [
  ...new Set(groups.map(({ name }) => comparable(name))),
];
