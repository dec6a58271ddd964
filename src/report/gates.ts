import type { Outcome } from '../domain/gates.ts';
import type { SeenGate } from '../run/events.ts';
import { type Story, samplesOf } from './frames.ts';
import type { GateRow, GateSpan } from './series.ts';

const extended = (spans: GateSpan[], { outcome, because }: SeenGate, at: number, everyMs: number): void => {
  const last = spans.at(-1);
  const until = at + everyMs;
  // A gap of more than one sampling is no proof that the outcome stood all the while.
  const isNext = last !== undefined && last.outcome === outcome && at <= last.until + everyMs;
  if (!isNext) {
    if (last !== undefined && last.until > at) spans[spans.length - 1] = { ...last, until: at };
    spans.push({ from: at, until, outcome, samples: 1, because });
    return;
  }
  spans[spans.length - 1] = { ...last, until, samples: last.samples + 1 };
};

/** What every gate said over time, samplings in a row with one outcome told as one span. */
export const gateRowsOf = (story: Story): readonly GateRow[] => {
  const rows = new Map<string, GateRow & { readonly spans: GateSpan[] }>();
  for (const { at, data } of samplesOf(story))
    for (const { service, gates } of data.services)
      for (const seen of gates) {
        const key = JSON.stringify([service, seen.gate, seen.region]);
        const row = rows.get(key) ?? { service, gate: seen.gate, region: seen.region, spans: [] };
        rows.set(key, row);
        extended(row.spans, seen, at, story.envelope.sampleEveryMs);
      }
  return [...rows.values()];
};

/** Whether monitoring had an answer, good or bad. */
export const hadData = (outcome: Outcome): boolean => outcome !== 'NO_DATA' && outcome !== 'ERROR';
