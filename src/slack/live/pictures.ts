import type { RunId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal, StoredEvent } from '../../ports/journal.ts';
import { runStream } from '../../run/events.ts';
import type { Log } from '../log.ts';
import type { Deed } from './agenda.ts';
import type { Ledger } from './ledger.ts';
import type { Place } from './memory.ts';
import type { SlackPort } from './port.ts';
import type { Speaker } from './speaker.ts';

export interface Painted {
  readonly png: Uint8Array;
  readonly title: string;
  /** The numbers, for whoever cannot see it. */
  readonly altText: string;
}

/** Draws a run, and brings bytes to an address that Slack gave. */
export interface Easel {
  /** Null when there is nothing to draw. Throws when it cannot. */
  paint(events: readonly StoredEvent[], asOf: Instant): Promise<Painted | null>;
  /** Throws unless the bytes arrived, and when the address is not Slack's. */
  upload(address: string, bytes: Uint8Array): Promise<void>;
}

export interface PictureParts {
  readonly easel: Easel;
  readonly port: SlackPort;
  readonly journal: Pick<Journal, 'read'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ledger: Ledger;
  readonly speaker: Speaker;
  readonly log: Log;
}

type Of<D extends Deed['do']> = Extract<Deed, { do: D }>;

/** `later`: Slack is not there at the moment, and the lanes say when it is worth a try. */
type Outcome = 'shown' | 'later' | 'impossible';

const AGAIN_MS = 10_000;

/** Puts a drawing of a run into its thread. A picture is decoration: what cannot be drawn or uploaded is left out. */
export class Pictures {
  readonly #parts: PictureParts;

  constructor(parts: PictureParts) {
    this.#parts = parts;
  }

  async draw({ of, live }: Of<'draw'>): Promise<void> {
    const { ledger, clock } = this.#parts;
    const { run, version } = of.run;
    const isMine = await ledger.write([{ type: 'slack.posting', data: { run, what: 'picture', version } }]);
    if (!isMine) return;
    const outcome = await this.#show(run, live);
    if (outcome === 'shown') {
      await ledger.record([{ type: 'slack.posted', data: { run, what: 'picture', version, ...live } }]);
      return;
    }
    if (outcome === 'impossible') of.pictureTries += 1;
    of.notBefore = clock.now() + AGAIN_MS;
  }

  async drawAsked({ version, ask: { run }, live }: Of<'draw-asked'>): Promise<void> {
    const { ledger } = this.#parts;
    const isMine = await ledger.write([{ type: 'slack.posting', data: { run, what: 'asked-picture', version } }]);
    if (!isMine) return;
    const outcome = await this.#show(run, live);
    if (outcome === 'later') return;
    await ledger.record(
      outcome === 'shown'
        ? [{ type: 'slack.posted', data: { run, what: 'asked-picture', version, ...live } }]
        : [{ type: 'slack.told', data: { run, version, what: 'asked-picture' } }],
    );
  }

  async #show(run: RunId, { channel, ts }: Place): Promise<Outcome> {
    const { easel, port, speaker, journal, clock, log } = this.#parts;
    const events = await journal.read(runStream(run), 0);
    const painted = await easel.paint(events, clock.now()).catch((error: unknown) => {
      const kind = error instanceof Error ? error.name : 'unknown';
      log.warn({ event: 'slack.not-drawn', run, kind }, 'a run could not be drawn');
      return null;
    });
    if (painted === null) return 'impossible';
    const { png, title, altText } = painted;
    const told = await speaker.call('file', channel, async () => {
      const file = { filename: `${run}.png`, length: png.length, alt_text: altText };
      const { upload_url: address = '', file_id: id = '' } = await port.files.getUploadURLExternal(file);
      await easel.upload(address, png);
      await port.files.completeUploadExternal({ files: [{ id, title }], channel_id: channel, thread_ts: ts });
    });
    if (told.ok) return 'shown';
    const { kind } = told.failure;
    if (kind === 'away' || kind === 'limited' || kind === 'closed') return 'later';
    log.warn({ event: 'slack.no-picture', run, kind, error: told.failure.error }, 'Slack does not take a picture');
    return 'impossible';
  }
}
