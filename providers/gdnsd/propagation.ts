import { randomInt } from 'node:crypto';
import packet, { type DecodedPacket } from 'dns-packet';
import { z } from 'zod';
import type { SetRef } from '../../src/domain/steering.ts';
import type { DnsExchange } from '../dns-exchange.ts';
import { ProviderError } from '../errors.ts';
import { forcing } from './admin-state.ts';
import type { Snapshot } from './snapshot.ts';
import type { States } from './states.ts';
import { answerersOf, isForcedDown, statesOf } from './translate.ts';
import type { Stanza } from './weighted.ts';

const CHANGE = z.strictObject({
  at: z.number(),
  sets: z.array(z.strictObject({ zone: z.string(), name: z.string(), type: z.string() })),
});

/** One landed write: when, and which names it was about. gdnsd has no ids, so that everything to ask about is in this one. */
export type Change = z.infer<typeof CHANGE>;

const PREFIX = 'gdnsd.';

export const changeId = (at: number, refs: readonly SetRef[]): string => {
  const change: Change = { at, sets: refs.map(({ zone, name, type }) => ({ zone, name, type })) };
  return PREFIX + Buffer.from(JSON.stringify(change)).toString('base64url');
};

/** Null for an id that no write of this vendor has given. */
export const changeOf = (id: string): Change | null => {
  if (!id.startsWith(PREFIX)) return null;
  try {
    const text = Buffer.from(id.slice(PREFIX.length), 'base64url').toString();
    return CHANGE.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

/** Whether the running gdnsd has taken over what `admin_state` says of every member of these names. */
export const isTakenOver = (stanzas: readonly Stanza[], { admin }: Snapshot, states: States): boolean =>
  stanzas.every((stanza) =>
    stanza.items
      .flatMap((item) => statesOf(item, stanza))
      .every((name) => {
        const state = states.get(name);
        const wanted = forcing(admin.rules, name)?.forced;
        if (state === undefined) return false;
        return wanted === undefined ? !state.isForced : state.isForced && state.isUp === (wanted === 'UP');
      }),
  );

export const stanzasFor = ({ sets }: Change, snapshot: Snapshot): readonly Stanza[] =>
  sets.flatMap((set) => answerersOf(set, snapshot.answering)).flatMap(({ stanza }) => stanza ?? []);

/** Questions to each server about each name. The states decide; these see that answers follow them. */
const QUESTIONS = 20;
const IDS = 65_536;

const silent = (what: string, cause: unknown): ProviderError =>
  new ProviderError('unavailable', `gdnsd: ${what} (${cause instanceof Error ? cause.message : String(cause)})`, {
    cause,
  });

const ask = async (
  server: string,
  name: string,
  type: 'A' | 'AAAA' | 'CNAME',
  dns: DnsExchange,
  signal: AbortSignal,
): Promise<DecodedPacket> => {
  const question = packet.encode({ type: 'query', id: randomInt(IDS), flags: 0, questions: [{ name, type }] });
  try {
    const reply = packet.decode(Buffer.from(await dns(server, question, 'udp', signal)));
    return reply.flag_tc ? packet.decode(Buffer.from(await dns(server, question, 'tcp', signal))) : reply;
  } catch (cause) {
    throw silent(`${server} does not answer for ${name}`, cause);
  }
};

const dataIn = (reply: DecodedPacket): readonly string[] =>
  (reply.answers ?? []).flatMap((answer) =>
    answer.type === 'A' || answer.type === 'AAAA' || answer.type === 'CNAME' ? [answer.data.toLowerCase()] : [],
  );

const bare = (value: string): string => value.toLowerCase().replace(/\.$/, '');

/** Whether none of the servers names a drained member any more. Throws `unavailable` where one does not answer. */
export const isAnswered = async (
  { sets }: Change,
  snapshot: Snapshot,
  servers: readonly string[],
  dns: DnsExchange,
  signal: AbortSignal,
): Promise<boolean> => {
  const { rules } = snapshot.admin;
  for (const { zone, name, type } of sets) {
    if (type !== 'A' && type !== 'AAAA' && type !== 'CNAME') continue;
    for (const { stanza } of answerersOf({ zone, name, type }, snapshot.answering)) {
      const down = (stanza?.items ?? []).filter(
        (item) => stanza !== null && isForcedDown(statesOf(item, stanza), rules),
      );
      const drained = new Set(down.map(({ value }) => bare(value)));
      const questions = servers.flatMap((server) => Array.from({ length: QUESTIONS }, () => server));
      const replies = await Promise.all(questions.map((server) => ask(server, bare(name), type, dns, signal)));
      if (replies.some((reply) => dataIn(reply).some((data) => drained.has(bare(data))))) return false;
    }
  }
  return true;
};
