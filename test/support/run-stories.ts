import type { Envelope } from '../../src/domain/plan.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { StoredEvent } from '../../src/ports/journal.ts';
import { RunJournal } from './run-events.ts';
import { evacuationEnvelope, GOAL, HOME, OPERATOR, RESPONDER, SETS } from './run-plan.ts';

/** Steps 1 and 2 with everything that can go wrong and right again on the way; samplings every 30 s from 120 on. */
const untilSecondStepBaked = (envelope: Envelope): RunJournal =>
  new RunJournal()
    .started(envelope)
    .observed(120, 400)
    .intended(125, { step: 1, progress: 4000, weights: [24, 38, 38], served: [1, 0.92] })
    .sent(126, 1, 0)
    .sent(126, 1, 1)
    .landed(127, 1, 0)
    .add(127, {
      type: 'batch.refused',
      data: { step: 1, batch: 1, kind: 'throttled', because: 'rate exceeded', again: true },
    })
    .sent(128, 1, 1)
    .landed(130, 1, 1)
    .observed(150, 400, { saturation: 'NO_DATA' })
    .propagated(160, 1)
    .observed(180, 350)
    .observed(210, 270)
    .observed(240, 244)
    .baked(240, 1)
    .intended(245, { step: 2, progress: 8000, weights: [8, 46, 46], served: [0.92, 0.85] })
    .sent(246, 2, 0)
    .sent(246, 2, 1)
    .landed(247, 2, 0)
    .add(247, { type: 'batch.unknown', data: { step: 2, batch: 1, because: 'the answer did not come' } })
    .landed(250, 2, 1, true)
    .observed(270, 242)
    .propagated(280, 2)
    .observed(300, 190, { p99: 'INCONCLUSIVE' })
    .add(300, {
      type: 'run.held',
      data: {
        cause: 'gate',
        endsByItself: true,
        objections: [],
        because: ['p99 in us-west-2 is INCONCLUSIVE'],
        byHand: [],
      },
    })
    .observed(330, 100)
    .add(330, { type: 'run.released', data: { because: 'the gates let it go on again' } })
    .add(340, { type: 'hold.asked', data: { by: RESPONDER, door: 'slack', because: 'let me look at the database' } })
    .observed(360, 86)
    .observed(390, 85)
    .add(400, { type: 'resume.asked', data: { by: OPERATOR, door: 'cli' } })
    .baked(410, 2);

const thirdStep = (journal: RunJournal): RunJournal =>
  journal
    .intended(415, { step: 3, progress: 10_000, weights: [null, 50, 50], served: [0.85, 0.85] })
    .bothLand(417, 3)
    .observed(420, 85)
    .observed(450, 84)
    .propagated(450, 3);

/** us-east-1 evacuated in three steps: 570 s, two holds, one refusal, one batch found. */
export const evacuated = (envelope: Envelope = evacuationEnvelope()): readonly StoredEvent[] =>
  thirdStep(untilSecondStepBaked(envelope))
    .observed(480, 50, { p99: 'INCONCLUSIVE' })
    .observed(510, 8)
    .observed(540, 4)
    .baked(540, 3)
    .add(540, { type: 'wave.completed', data: { wave: 0 } })
    .observed(570, 4)
    .add(570, {
      type: 'run.finished',
      data: { trafficProven: true, residue: 40, because: 'proven by the traffic that arrives' },
    }).events;

/** The same until the third step; then a destination fails, and a person rolls back in two steps. */
export const rolledBack = (envelope: Envelope = evacuationEnvelope()): readonly StoredEvent[] =>
  thirdStep(untilSecondStepBaked(envelope))
    .observed(480, 50, { p99: 'FAIL' })
    .add(480, {
      type: 'run.held',
      data: {
        cause: 'gate',
        endsByItself: false,
        objections: [],
        because: ['p99 in us-west-2 is FAIL'],
        byHand: [],
      },
    })
    .add(500, { type: 'rollback.asked', data: { by: RESPONDER, door: 'slack', because: 'the database is too slow' } })
    .add(505, {
      type: 'direction.turned',
      data: {
        because: 'rollback',
        from: recordOf(SETS.map(({ set }) => [set, GOAL] as const)),
        to: recordOf(SETS.map(({ set }) => [set, HOME] as const)),
        leftOut: [],
      },
    })
    .observed(510, 8)
    .intended(512, { step: 4, progress: 5000, weights: [20, 40, 40], served: [0.85, 0.95], direction: 'back' })
    .bothLand(514, 4)
    .observed(540, 5)
    .propagated(545, 4)
    .observed(570, 90)
    .observed(600, 190)
    .baked(630, 4)
    .observed(630, 200)
    .intended(632, { step: 5, progress: 10_000, weights: [40, 30, 30], served: [0.95, 1], direction: 'back' })
    .bothLand(634, 5)
    .propagated(660, 5)
    .observed(690, 300)
    .observed(740, 400)
    .baked(740, 5)
    .add(740, { type: 'wave.completed', data: { wave: 0 } })
    .add(741, { type: 'run.stopped', data: { reason: 'rolled-back', because: ['back at the base of this run'] } })
    .events;

/** Stopped by a person while the second step propagates; one more ask comes too late. */
export const stopped = (): readonly StoredEvent[] =>
  new RunJournal()
    .started()
    .observed(120, 400)
    .intended(125, { step: 1, progress: 4000, weights: [24, 38, 38], served: [1, 0.92] })
    .bothLand(127, 1)
    .observed(150, 390)
    .add(155, { type: 'stop.asked', data: { by: OPERATOR, door: 'cli', because: 'wrong region' } })
    .add(160, { type: 'hold.asked', data: { by: RESPONDER, door: 'slack', because: 'wait' } }).events;

/** Nobody approved it in time. */
export const expired = (): readonly StoredEvent[] =>
  new RunJournal().proposed().add(1801, {
    type: 'run.stopped',
    data: { reason: 'expired', because: ['nobody approved it before 10:30'] },
  }).events;

export const onlyProposed = (): readonly StoredEvent[] => new RunJournal().proposed().events;
