import type { Json } from '../../src/domain/canonical.ts';
import type { Outcome } from '../../src/domain/gates.ts';
import { gateId, providerId, type RegionId } from '../../src/domain/ids.ts';
import type { Envelope } from '../../src/domain/plan.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { Weights } from '../../src/domain/steering.ts';
import type { Instant } from '../../src/domain/units.ts';
import type { StoredEvent } from '../../src/ports/journal.ts';
import type { RunEvent, SeenGate } from '../../src/run/events.ts';
import { MONDAY_MORNING } from './manual-clock.ts';
import { APPROVER, CHECKOUT, EAST, EUROPE, evacuationEnvelope, OPERATOR, RUN, SETS, WEST } from './run-plan.ts';

/** Seconds after the proposal, as an instant. */
export const at = (second: number): Instant => MONDAY_MORNING + second * 1000;

/** A stream written by hand: what happened at which second. The data make the same trip as in a real journal. */
export class RunJournal {
  readonly #events: StoredEvent[] = [];

  add(second: number, event: RunEvent): this {
    const version = this.#events.length + 1;
    this.#events.push({
      position: version,
      stream: `run/${RUN}`,
      version,
      at: at(second),
      type: event.type,
      data: JSON.parse(JSON.stringify(event.data)) as Json,
      previousHash: `h${version - 1}`,
      hash: `h${version}`,
    });
    return this;
  }

  get events(): readonly StoredEvent[] {
    return [...this.#events];
  }

  proposed(envelope: Envelope = evacuationEnvelope(), door = 'cli'): this {
    return this.add(0, {
      type: 'run.proposed',
      data: {
        by: OPERATOR,
        door,
        run: RUN,
        envelope,
        digest: 'sha256:plan',
        forecast: {
          steps: [],
          minutes: 8,
          minutesBack: 8,
          waits: [],
          lever: 'weights',
          largestRoundingError: 0,
          remarks: [],
        },
        warnings: [],
        approvalNeeded: true,
        notInForce: [],
      },
    });
  }

  /** Proposed at 0, approved at 90, started at 120. */
  started(envelope: Envelope = evacuationEnvelope()): this {
    return this.proposed(envelope)
      .add(90, { type: 'approval.given', data: { by: APPROVER, door: 'slack', digest: 'sha256:plan', solo: false } })
      .add(120, { type: 'run.started', data: { epoch: 1, factsDigest: 'sha256:facts' } });
  }

  intended(second: number, step: StepToTake): this {
    const weights: Weights = { east: step.weights[0], west: step.weights[1], europe: step.weights[2] };
    return this.add(second, {
      type: 'step.intended',
      data: {
        step: step.step,
        direction: step.direction ?? 'out',
        wave: 0,
        progress: step.progress,
        weights: recordOf(SETS.map(({ set }) => [set, weights] as const)),
        batches: SETS.map(({ set, zone }, batch) => ({ batch, provider: providerId('dns'), zone, sets: [set] })),
        charges: [{ service: CHECKOUT, servedBefore: step.served[0], servedAfter: step.served[1] }],
        factsDigest: 'sha256:facts',
        factsAt: at(second),
        epoch: 1,
      },
    });
  }

  sent(second: number, step: number, batch: number): this {
    const fence = { expects: null, leaves: { store: 'store-1', epoch: 1 } };
    const factsAt = at(second);
    return this.add(second, {
      type: 'batch.intended',
      data: { step, batch, fence, factsDigest: 'sha256:facts', factsAt, notAfter: factsAt + 20_000 },
    });
  }

  landed(second: number, step: number, batch: number, found = false): this {
    const fence = { store: 'store-1', epoch: 1 };
    return this.add(second, { type: 'batch.landed', data: { step, batch, change: `C${step}${batch}`, fence, found } });
  }

  bothLand(second: number, step: number): this {
    for (const batch of [0, 1]) this.sent(second - 1, step, batch);
    for (const batch of [0, 1]) this.landed(second, step, batch);
    return this;
  }

  propagated(second: number, step: number): this {
    this.add(second, { type: 'step.propagated', data: { step } });
    const answers = SETS.map(({ set }) => ({ set, asked: 4, fromSource: 0, because: null }));
    return this.add(second + 2, { type: 'step.verified', data: { step, listed: 2, answers } });
  }

  baked(second: number, step: number): this {
    return this.add(second, { type: 'step.baked', data: { step } });
  }

  /**
   * One sampling: of 1000 requests a second `east` still arrive at the source (null when it reports nothing), the others
   * share the rest. Capacity is 800 in us-west-2 and 900 in eu-west-1.
   */
  observed(second: number, east: number | null, over: Partial<Record<'p99' | 'saturation', Outcome>> = {}): this {
    const rest = (1000 - (east ?? 0)) / 2;
    const p99 = over.p99 ?? 'PASS';
    const gates: readonly SeenGate[] = [
      seenGate(second, 'p99', WEST, p99, p99 === 'PASS' ? 210 : p99 === 'FAIL' ? 480 : 350, 300),
      seenGate(second, 'saturation', EUROPE, over.saturation ?? 'PASS', 0.4, 0.8),
      seenGate(second, 'orders', null, 'PASS', 55, 20),
    ];
    const hold = p99 === 'FAIL' || p99 === 'INCONCLUSIVE' ? p99 : null;
    return this.add(second, {
      type: 'observed',
      data: {
        services: [
          {
            service: CHECKOUT,
            demand: 1000,
            traffic: recordOf<RegionId, number | null>([
              [EAST, east],
              [WEST, rest],
              [EUROPE, rest],
            ]),
            utilisation: recordOf<RegionId, number | null>([
              [EAST, east === null ? null : east * 10],
              [WEST, Math.round((rest / 800) * 10_000)],
              [EUROPE, Math.round((rest / 900) * 10_000)],
            ]),
            gates,
          },
        ],
        verdict: { go: hold === null, hold, endsOnlyByPerson: p99 === 'FAIL', because: [] },
      },
    });
  }
}

export interface StepToTake {
  readonly step: number;
  readonly progress: number;
  /** Of east, west and europe; null is drained. */
  readonly weights: readonly [number | null, number, number];
  readonly served: readonly [number, number];
  readonly direction?: 'out' | 'back';
}

const seenGate = (
  second: number,
  gate: string,
  region: RegionId | null,
  outcome: Outcome,
  value: number,
  limit: number,
): SeenGate => {
  const isKnown = outcome !== 'NO_DATA' && outcome !== 'ERROR';
  return {
    gate: gateId(gate),
    region,
    outcome,
    value: isKnown ? value : null,
    limit,
    because: outcome === 'PASS' ? null : `${gate} is ${outcome}: ${isKnown ? value : 'nothing'} against ${limit}`,
    observedAt: at(second),
  };
};
