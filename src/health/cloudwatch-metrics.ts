import {
  GetMetricDataCommand,
  type GetMetricDataCommandOutput,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Instant } from '../domain/units.ts';
import { chunksOf, mapLimited } from './batches.ts';
import { queriesOf, queryId, type Series, type Window } from './cloudwatch-queries.ts';
import { failureText } from './failure-text.ts';

/** Raw values by the start of their period, or why there are none that may be used. */
export type SeriesAnswer =
  | { readonly ok: true; readonly values: ReadonlyMap<Instant, number> }
  | { readonly ok: false; readonly because: string };

/** Sends one call, under whatever policy the caller has. */
export type SendGetMetricData = (
  command: GetMetricDataCommand,
) => Promise<Pick<GetMetricDataCommandOutput, 'MetricDataResults' | 'NextToken'>>;

/** API model of GetMetricData (2010-08-01): at most 500 queries a call. */
const QUERIES_PER_CALL = 500;

/** More pages than a day of minutes for 500 series needs; a token that never ends must not keep a run waiting. */
const MOST_PAGES = 20;

const PARALLEL_CALLS = 4;

const ACTION = 'cloudwatch:GetMetricData';

interface Gathered {
  readonly values: Map<Instant, number>;
  broken: string | null;
  isComplete: boolean;
}

const addResult = (gathered: Gathered, { StatusCode, Timestamps = [], Values = [] }: MetricDataResult): void => {
  if (StatusCode !== 'Complete' && StatusCode !== 'PartialData')
    gathered.broken = `${ACTION} could not answer for this metric (${StatusCode ?? 'no status'})`;
  if (Timestamps.length !== Values.length) gathered.broken = `${ACTION} gave other numbers of times and values`;
  for (const [index, value] of Values.entries()) {
    const at = Timestamps[index]?.getTime();
    if (at !== undefined) gathered.values.set(at, value);
  }
  gathered.isComplete = StatusCode === 'Complete';
};

const answerOf = (gathered: Gathered | undefined): SeriesAnswer => {
  if (gathered === undefined) return { ok: false, because: `${ACTION} left this metric out of its answer` };
  if (gathered.broken !== null) return { ok: false, because: gathered.broken };
  if (!gathered.isComplete) return { ok: false, because: `${ACTION} answered for this metric only in part` };
  return { ok: true, values: gathered.values };
};

/** All pages of one call. A series that is cut at the end of a page goes on in the next one, so pages are merged by id. */
const readPages = async (
  series: readonly Series[],
  window: Window,
  send: SendGetMetricData,
): Promise<readonly SeriesAnswer[]> => {
  const gathered = new Map<string, Gathered>();
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await send(
      new GetMetricDataCommand({
        MetricDataQueries: queriesOf(series),
        StartTime: new Date(window.start),
        EndTime: new Date(window.end),
        ScanBy: 'TimestampAscending',
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    for (const result of answer.MetricDataResults ?? []) {
      const id = result.Id ?? '';
      const one = gathered.get(id) ?? { values: new Map<Instant, number>(), broken: null, isComplete: false };
      addResult(one, result);
      gathered.set(id, one);
    }
    token = answer.NextToken;
    if (token === undefined) break;
  }
  if (token !== undefined)
    return series.map(() => ({ ok: false, because: `${ACTION} had no end after ${MOST_PAGES} pages` }));
  return series.map((_, index) => answerOf(gathered.get(queryId(index))));
};

/**
 * Reads many series over one window in as few calls as the vendor allows. An answer for every series, always: a call that
 * fails is an answer that is not ok for all of its series, whatever earlier pages said.
 */
export const readSeries = async (
  series: readonly Series[],
  window: Window,
  send: SendGetMetricData,
): Promise<ReadonlyMap<string, SeriesAnswer>> => {
  const unique = [...new Map(series.map((one) => [one.key, one])).values()];
  const answered = await mapLimited(chunksOf(unique, QUERIES_PER_CALL), PARALLEL_CALLS, async (chunk) => {
    try {
      const answers = await readPages(chunk, window, send);
      return chunk.map(
        ({ key }, index) => [key, answers[index] ?? { ok: false, because: `${ACTION} failed` }] as const,
      );
    } catch (error) {
      const because = failureText(error, ACTION);
      return chunk.map(({ key }) => [key, { ok: false, because }] as const);
    }
  });
  return new Map(answered.flat());
};
