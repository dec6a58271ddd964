import type { Instant } from '../../domain/units.ts';
import { isEnded } from '../../run/state.ts';
import type { Followed, Unsaid, WaitsForPerson } from './followed.ts';
import type { Lanes } from './lanes.ts';
import type { Memory, PictureAsk, Place, RunMemory } from './memory.ts';

/** One thing to do for one run. */
export type Deed =
  | { readonly do: 'post-live'; readonly of: Followed }
  | { readonly do: 'ask-approval'; readonly of: Followed; readonly live: Place }
  | { readonly do: 'tell'; readonly of: Followed; readonly live: Place; readonly news: Unsaid }
  | { readonly do: 'tell-broken'; readonly of: Followed; readonly live: Place; readonly because: string }
  | { readonly do: 'remind'; readonly of: Followed; readonly live: Place; readonly waits: WaitsForPerson }
  | { readonly do: 'edit-live'; readonly of: Followed; readonly live: Place }
  | { readonly do: 'show-decision'; readonly of: Followed; readonly approval: Place }
  | { readonly do: 'draw'; readonly of: Followed; readonly live: Place }
  | { readonly do: 'draw-asked'; readonly version: number; readonly ask: PictureAsk; readonly live: Place }
  | { readonly do: 'forget-ask'; readonly version: number; readonly ask: PictureAsk }
  | { readonly do: 'close'; readonly of: Followed };

/** Of what is due, the lowest urgency goes first, and within one the lowest order. */
export interface Item {
  readonly dueAt: Instant;
  readonly urgency: number;
  readonly order: number;
  readonly deed: Deed;
}

export interface AgendaParts {
  readonly now: Instant;
  readonly memory: Memory;
  readonly lanes: Lanes;
  /** Channel of the config in force, for messages that do not stand anywhere yet. */
  readonly channel: string;
  readonly draws: boolean;
}

const URGENCY = { close: 0, post: 1, remind: 2, state: 3, figures: 4, draw: 5 } as const;
/** How long a hold waits for a person before people are called. */
const REMIND_AFTER_MS = 120_000;
const MOST_PICTURE_TRIES = 3;

type Wants = AgendaParts & { readonly of: Followed; readonly known: RunMemory };

const postLive = ({ of, known, lanes, channel }: Wants): Item | null => {
  const { live } = known;
  // Another channel has been named since this one was closed: there it goes on.
  const isMoved = live !== null && live.channel !== channel && lanes.isClosed(live.channel);
  const repostAt = live === null || isMoved ? 0 : of.message.repostAt(live.ts);
  if (repostAt === null) return null;
  const dueAt = Math.max(of.notBefore, repostAt, lanes.postAt(channel));
  return { dueAt, urgency: URGENCY.post, order: of.position, deed: { do: 'post-live', of } };
};

/** What is to be said below the live message, one after the other. */
const inThread = ({ of, known, lanes }: Wants, live: Place): Item | null => {
  const at = (order: number, deed: Deed): Item => ({
    dueAt: Math.max(of.notBefore, lanes.postAt(live.channel)),
    urgency: URGENCY.post,
    order,
    deed,
  });
  if (of.run.stage === 'waiting' && known.approval === null) return at(of.position, { do: 'ask-approval', of, live });
  const news = of.next(known.said);
  if (news !== null) return at(news.position, { do: 'tell', of, live, news });
  const { broken: because } = of;
  if (because !== null && known.said <= of.run.version)
    return at(of.position, { do: 'tell-broken', of, live, because });
  return null;
};

const remind = ({ of, known, lanes }: Wants, live: Place): Item | null => {
  const { waits } = of;
  if (waits === null || known.reminded === waits.version) return null;
  const heardAt = Math.max(waits.since, known.lastPostAt ?? waits.since);
  const dueAt = Math.max(of.notBefore, heardAt + REMIND_AFTER_MS, lanes.postAt(live.channel));
  return { dueAt, urgency: URGENCY.remind, order: waits.since, deed: { do: 'remind', of, live, waits } };
};

const editLive = ({ of, lanes, now }: Wants, live: Place): Item | null => {
  const edit = of.broken === null ? of.message.next(of.run) : null;
  if (edit === null) return null;
  const dueAt = Math.max(of.notBefore, edit.dueAt, lanes.editAt(now, live.channel, edit.why));
  return { dueAt, urgency: URGENCY[edit.why], order: of.message.calledAt, deed: { do: 'edit-live', of, live } };
};

const showDecision = ({ of, known, lanes, now }: Wants): Item | null => {
  const { approval, isApprovalTold } = known;
  if (approval === null || isApprovalTold || of.run.stage === 'waiting') return null;
  const dueAt = Math.max(of.notBefore, of.message.quietAt, lanes.editAt(now, approval.channel, 'state'));
  const deed: Deed = { do: 'show-decision', of, approval };
  // Before the next edit of its own run: buttons that decide nothing any more invite clicks, and this is done only once.
  return { dueAt, urgency: URGENCY.state, order: of.message.calledAt - 1, deed };
};

const draw = ({ of, known, lanes, draws }: Wants, live: Place): Item | null => {
  const isDone = known.hasPicture || of.pictureTries >= MOST_PICTURE_TRIES;
  if (!draws || isDone || of.broken !== null || !isEnded(of.run) || of.run.startedAt === null) return null;
  const dueAt = Math.max(of.notBefore, lanes.fileAt(live.channel));
  return { dueAt, urgency: URGENCY.draw, order: of.position, deed: { do: 'draw', of, live } };
};

const wantsOf = (wants: Wants): readonly Item[] => {
  const { of, known, now } = wants;
  const first = postLive(wants);
  if (first !== null || known.live === null) return first === null ? [] : [first];
  const { live } = known;
  const items = [inThread(wants, live), remind(wants, live), editLive(wants, live), showDecision(wants)].filter(
    (item) => item !== null,
  );
  if (items.length > 0 || !(isEnded(of.run) || of.broken !== null)) return items;
  // The words come first: a picture takes seconds.
  const picture = draw(wants, live);
  if (picture !== null) return [picture];
  return [{ dueAt: now, urgency: URGENCY.close, order: of.position, deed: { do: 'close', of } }];
};

/** A picture that was asked for longer ago is not what anybody waits for. */
const STALE_ASK_MS = 10 * 60_000;

const askedFor = ({ now, memory, lanes, draws }: AgendaParts, version: number, ask: PictureAsk): Item => {
  const { live } = memory.of(ask.run);
  const order = ask.at;
  if (live === null || !draws || ask.at < now - STALE_ASK_MS)
    return { dueAt: now, urgency: URGENCY.close, order, deed: { do: 'forget-ask', version, ask } };
  const deed: Deed = { do: 'draw-asked', version, ask, live };
  return { dueAt: lanes.fileAt(live.channel), urgency: URGENCY.draw, order, deed };
};

const before = (a: Item, b: Item): boolean => (a.urgency !== b.urgency ? a.urgency < b.urgency : a.order < b.order);

/**
 * What to do now, or the earliest thing to wait for; null when there is nothing to do at all. News go in the order of the
 * journal, over all runs; edits go to the run that has waited longest.
 */
export const nextItem = (runs: Iterable<Followed>, parts: AgendaParts): Item | null => {
  let best: Item | null = null;
  const consider = (item: Item): void => {
    const isDue = item.dueAt <= parts.now;
    if (best === null) best = item;
    else if (best.dueAt > parts.now) best = isDue || item.dueAt < best.dueAt ? item : best;
    else if (isDue && before(item, best)) best = item;
  };
  for (const of of runs)
    for (const item of wantsOf({ ...parts, of, known: parts.memory.of(of.run.run) })) consider(item);
  for (const [version, ask] of parts.memory.asked) consider(askedFor(parts, version, ask));
  return best;
};
