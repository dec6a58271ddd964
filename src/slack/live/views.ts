import { durationText, type Instant } from '../../domain/units.ts';
import type { Run } from '../../run/state.ts';
import { envelopeMark, requestText } from '../../words/plan.ts';
import { headline } from '../../words/run.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from '../views/context.ts';
import { code, type Piece, say, time } from '../views/said.ts';
import { group, rendered } from '../views/sheet.ts';

/**
 * What a message says until its first edit a moment later. Nothing in it can become untrue and it has no buttons: when the bot
 * dies before it has written down where this stands, it stays behind beside the message that is kept, and misleads nobody.
 */
export const renderAnnouncement = (run: Run, context: ViewContext): Rendered =>
  rendered(
    {
      title: `${envelopeMark(run.envelope)}RUN ${requestText(run.envelope.request)}`,
      isShort: true,
      groups: [
        group([
          say`Asked by ${run.proposed.by} (${run.proposed.door}) ${time(run.proposed.at)}.`,
          say`Its state at any time: ${code(`/steer status ${run.run}`)}`,
        ]),
      ],
      footer: [[run.run]],
    },
    context,
  );

const called = (run: Run, { approversGroup, users }: ViewContext): Piece =>
  approversGroup === null
    ? { kind: 'person', person: run.proposed.by, user: users.get(run.proposed.by) ?? null }
    : { kind: 'group', group: approversGroup };

/** Calls people once when a hold has waited for a person for a while and nobody has come. */
export const renderReminder = (run: Run, since: Instant, context: ViewContext): Rendered =>
  rendered(
    {
      title: headline(run),
      isShort: true,
      groups: [
        group([
          say`${called(run, context)}: it has waited for a person for ${durationText(context.now - since)}.`,
          say`To go on: ${code(`/steer resume ${run.run}`)}. Back to where it began: ${code(`/steer rollback ${run.run}`)}.`,
        ]),
      ],
      footer: [say`${run.run} · ${time(context.now)}`],
    },
    context,
  );

/** For a run whose events this version cannot read any further. */
export const renderBroken = (run: Run, because: string, context: ViewContext): Rendered =>
  rendered(
    {
      title: `${envelopeMark(run.envelope)}FAILED: ${requestText(run.envelope.request)}`,
      isShort: true,
      groups: [
        group([
          [`The journal of ${run.run} cannot be read any further: ${because}.`],
          ['Its message above shows the last state that could be read. Type: steer audit verify'],
        ]),
      ],
      footer: [say`${run.run} · ${time(context.now)}`],
    },
    context,
  );
