import type { Instant } from '../../domain/units.ts';
import type { Clock } from '../../ports/clock.ts';
import { phaseOf } from '../../run/phase.ts';
import { isEnded, type Run } from '../../run/state.ts';
import { headline } from '../../words/run.ts';
import type { Log } from '../log.ts';
import type { Rendered } from '../rendered.ts';
import type { SlackSettings } from '../settings.ts';
import { renderApproval } from '../views/approval.ts';
import { type ViewContext, viewContext } from '../views/context.ts';
import { textLine } from '../views/escape.ts';
import { renderFinal } from '../views/final.ts';
import { renderLeft, renderLive } from '../views/live.ts';
import { renderThreadPost } from '../views/thread.ts';
import type { Deed } from './agenda.ts';
import type { Failure } from './failure.ts';
import type { Followed, Unsaid } from './followed.ts';
import type { Ledger } from './ledger.ts';
import type { Place } from './memory.ts';
import type { What } from './memory-events.ts';
import { withPictureButton } from './picture-button.ts';
import type { Speaker, Thread } from './speaker.ts';
import { renderAnnouncement, renderBroken, renderReminder } from './views.ts';

export interface DeedParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly ledger: Ledger;
  readonly speaker: Speaker;
  readonly log: Log;
  /** Somebody draws: the live message offers it. */
  readonly draws: boolean;
}

type Of<D extends Deed['do']> = Extract<Deed, { do: D }>;

/** Small news that are older than this are no news: the live message shows what came of them. */
const STALE_MS = 10 * 60_000;
/** After a failure that is about this message alone. */
const AGAIN_MS = 30_000;

/** A view that cannot be made costs its looks, never the message. */
const safely = (run: Run, now: Instant, make: () => Rendered): Rendered => {
  try {
    return make();
  } catch {
    return { text: textLine([`${headline(run)} · ${run.run}`], now), blocks: [] };
  }
};

/** Whether what a hold's news say is still so; people are only called to one that is. */
const isOver = ({ event }: Unsaid, of: Followed): boolean =>
  (event.type === 'run.held' || event.type === 'hold.asked') &&
  (phaseOf(of.run).phase !== 'HOLDING' || event.at < (of.waits?.since ?? 0));

/** Says and shows. Every post is preceded and followed by an entry in the ledger; every call by a look at who may call. */
export class Deeds {
  readonly #parts: DeedParts;

  constructor(parts: DeedParts) {
    this.#parts = parts;
  }

  async postLive({ of }: Of<'post-live'>, settings: SlackSettings): Promise<void> {
    const { run } = of;
    const { memory } = this.#parts.ledger;
    const isFirst = memory.of(run.run).live === null;
    const isSummary = isEnded(run) && of.broken === null;
    const thread: Thread = { channel: settings.slack.channel, threadTs: null, isBroadcast: false };
    const version = isFirst && isSummary ? run.version : 0;
    const place = await this.#post(of, thread, { what: 'live', version }, (isDecorated) => {
      const context = this.#context(settings, isDecorated);
      return safely(run, context.now, () =>
        isSummary ? renderFinal(of.view(context.now), context) : renderAnnouncement(run, context),
      );
    });
    if (place === null) return;
    of.message.posted();
    if (isSummary) of.message.shows(run);
  }

  async askApproval({ of, live }: Of<'ask-approval'>, settings: SlackSettings): Promise<void> {
    const { run } = of;
    await this.#post(of, below(live, true), { what: 'approval', version: run.version }, (isDecorated) => {
      const context = this.#context(settings, isDecorated);
      return safely(run, context.now, () => renderApproval(run, context));
    });
  }

  async tell({ of, live, news }: Of<'tell'>, settings: SlackSettings): Promise<void> {
    const { event, run } = news;
    const make = (isDecorated: boolean) => {
      const context = { ...this.#context(settings, isDecorated), now: event.at };
      return renderThreadPost(event, run, isOver(news, of) ? { ...context, users: new Map() } : context);
    };
    const post = make(true);
    const isStale = event.at < this.#now() - STALE_MS;
    if (post === null || (isStale && !post.isBroadcast)) {
      of.leaveOut(news);
      return;
    }
    const thread = below(live, post.isBroadcast);
    await this.#post(of, thread, { what: 'post', version: event.version, news }, (isDecorated) =>
      safely(run, event.at, () => make(isDecorated) ?? post),
    );
  }

  async tellBroken({ of, live, because }: Of<'tell-broken'>, settings: SlackSettings): Promise<void> {
    const version = of.run.version + 1;
    await this.#post(of, below(live, true), { what: 'post', version }, (isDecorated) =>
      renderBroken(of.run, because, this.#context(settings, isDecorated)),
    );
  }

  async remind({ of, live, waits }: Of<'remind'>, settings: SlackSettings): Promise<void> {
    await this.#post(of, below(live, false), { what: 'reminder', version: waits.version }, (isDecorated) =>
      renderReminder(of.run, waits.since, this.#context(settings, isDecorated)),
    );
  }

  async editLive({ of, live }: Of<'edit-live'>, settings: SlackSettings): Promise<void> {
    if (!(await this.#parts.ledger.keep())) return;
    const { run } = of;
    const view = of.view(this.#now());
    const told = await this.#parts.speaker.edit(
      live,
      (isDecorated) => {
        const context = this.#context(settings, isDecorated);
        return safely(run, context.now, () => {
          const message = renderLive(view, context);
          return this.#parts.draws ? withPictureButton(message, run) : message;
        });
      },
      of.message.isPlain(view.now),
    );
    const now = this.#now();
    of.message.called(now);
    if (told.ok) {
      of.message.shows(run);
      if (told.isPlain && !of.message.isPlain(now)) of.message.bePlain(now);
    } else this.#failed(of, 'live', told.failure, live.ts);
  }

  /** Nobody keeps the message for now. Whoever keeps it next shows the newest state at once. */
  async sayLeaving(of: Followed, live: Place, settings: SlackSettings): Promise<void> {
    const view = of.view(this.#now());
    const make = (isDecorated: boolean): Rendered => {
      const context = this.#context(settings, isDecorated);
      return safely(of.run, context.now, () => renderLeft(view, context));
    };
    await this.#parts.speaker.edit(live, make, of.message.isPlain(view.now));
    of.message.called(this.#now());
  }

  /** The request shows who decided; one that was deleted needs no answer any more. */
  async showDecision({ of, approval }: Of<'show-decision'>, settings: SlackSettings): Promise<void> {
    if (!(await this.#parts.ledger.keep())) return;
    const { run } = of;
    const make = (isDecorated: boolean): Rendered => {
      const context = this.#context(settings, isDecorated);
      return safely(run, context.now, () => renderApproval(run, context));
    };
    const told = await this.#parts.speaker.edit(approval, make, false);
    of.message.called(this.#now());
    const isFor = told.ok || ['gone', 'form', 'refused'].includes(told.failure.kind);
    if (!isFor) return;
    await this.#parts.ledger.record([
      { type: 'slack.told', data: { run: run.run, version: run.version, what: 'approval' } },
    ]);
  }

  /** Nobody draws here, or the run is over, and its picture is there. */
  async forgetAsk({ version, ask }: Of<'forget-ask'>): Promise<void> {
    await this.#parts.ledger.write([{ type: 'slack.told', data: { run: ask.run, version, what: 'asked-picture' } }]);
  }

  /** Everything about the run has been said. */
  async close({ of }: Of<'close'>): Promise<void> {
    const { run, version } = of.run;
    await this.#parts.ledger.write([{ type: 'slack.told', data: { run, version, what: 'end' } }]);
  }

  async #post(
    of: Followed,
    thread: Thread,
    { what, version, news }: { readonly what: What; readonly version: number; readonly news?: Unsaid },
    make: (isDecorated: boolean) => Rendered,
  ): Promise<Place | null> {
    const { ledger, speaker } = this.#parts;
    const { run } = of.run;
    if (!(await ledger.write([{ type: 'slack.posting', data: { run, what, version } }]))) return null;
    const told = await speaker.post(thread, make);
    if (told.ok) {
      await ledger.record([{ type: 'slack.posted', data: { run, what, version, ...told.value } }]);
      return told.value;
    }
    this.#failed(of, what, told.failure, thread.threadTs);
    // News that Slack takes in no form must not keep those behind it waiting for ever.
    const isUnsayable = told.failure.kind === 'form' || told.failure.kind === 'refused';
    if (isUnsayable && news !== undefined) of.leaveOut(news);
    return null;
  }

  /** What Slack's answer says about this message; the lanes know already what it says about Slack. */
  #failed(of: Followed, what: What, failure: Failure, live: string | null): void {
    const { log } = this.#parts;
    const { run } = of.run;
    if (failure.kind === 'gone' && live !== null) {
      of.message.lose(live, this.#now());
      const { error } = failure;
      log.info({ event: 'slack.live-lost', run, error }, 'the message of a run is gone; it is posted anew');
    } else if (failure.kind === 'form' || failure.kind === 'refused' || failure.kind === 'gone') {
      of.notBefore = this.#now() + AGAIN_MS;
      const { error } = failure;
      log.error({ event: 'slack.not-taken', run, what, error }, 'Slack does not take a message in any form');
    }
  }

  #context(settings: SlackSettings, isDecorated: boolean): ViewContext {
    return viewContext(settings, this.#now(), isDecorated);
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }
}

const below = ({ channel, ts }: Place, isBroadcast: boolean): Thread => ({ channel, threadTs: ts, isBroadcast });
