import { expect } from 'vitest';
import { gateId, personId, type RegionId, regionId, serviceId, setId } from '../../../src/domain/ids.ts';
import type { Envelope, Forecast, PlannedSet } from '../../../src/domain/plan.ts';
import { recordOf } from '../../../src/domain/records.ts';
import type { Shares } from '../../../src/domain/steering.ts';
import type { RunView } from '../../../src/operations/show.ts';
import type { StoredEvent } from '../../../src/ports/journal.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { replay } from '../../../src/run/replay.ts';
import type { Rendered, RenderedView } from '../../../src/slack/rendered.ts';
import type { ViewContext } from '../../../src/slack/views/context.ts';
import { approved, firstStep, held, proposed, START } from '../../cli/fixtures.ts';
import { isDate, mrkdwnTexts, offences, tokensIn } from '../../support/block-kit.ts';
import { evacuationEnvelope } from '../../support/run-plan.ts';

export const ASKER = personId('operator-1');

export const context = (over: Partial<ViewContext> = {}): ViewContext => ({
  now: START,
  users: new Map([[ASKER, 'U1']]),
  approversGroup: 'S1',
  decorated: false,
  ...over,
});

const asked = { by: personId('responder-1'), door: 'slack' };

export const holdAsked: RunEvent = { type: 'hold.asked', data: { ...asked, because: 'something looks odd' } };
export const rollbackAsked: RunEvent = { type: 'rollback.asked', data: { ...asked, because: 'wrong region' } };
export const stopAsked: RunEvent = { type: 'stop.asked', data: { ...asked, because: 'enough' } };
export const finished: RunEvent = {
  type: 'run.finished',
  data: { trafficProven: false, residue: 120, because: 'nothing arrives any more' },
};
export const heldForAWhile: RunEvent = {
  type: 'run.held',
  data: { cause: 'budget', endsByItself: true, objections: [], because: ['the budget is spent'], byHand: [] },
};

/** Every state that a run can be in, by name: what happened until then. */
export const STATES = {
  waiting: [proposed],
  'waiting and held': [proposed, holdAsked],
  planned: [proposed, approved],
  moving: [proposed, approved, ...firstStep.slice(0, 4)],
  baking: [proposed, approved, ...firstStep],
  'held by a gate': [proposed, approved, ...firstStep, held],
  'held for a while': [proposed, approved, ...firstStep, heldForAWhile],
  'held by a person': [proposed, approved, ...firstStep, holdAsked],
  'rolling back': [proposed, approved, ...firstStep, rollbackAsked],
  'held while rolling back': [proposed, approved, ...firstStep, rollbackAsked, holdAsked],
  stopped: [proposed, approved, ...firstStep, stopAsked],
  done: [proposed, approved, ...firstStep, finished],
} as const satisfies Readonly<Record<string, readonly RunEvent[]>>;

/** The view of a journal at the instant of its last event. */
export const viewAt = (events: readonly StoredEvent[]): RunView => {
  const run = replay(events);
  const last = events.at(-1);
  if (run === null || last === undefined) throw new Error('no run in these events');
  return { run, lastEvent: last.type, lastEventAt: last.at, warnings: [], now: last.at + 5000 };
};

/** The mode of a run changed before anything happened to it. */
export const inMode = (
  events: readonly RunEvent[],
  over: Partial<Envelope>,
  mode: Envelope['request']['mode'],
): RunEvent[] =>
  events.map((event) =>
    event.type === 'run.proposed'
      ? {
          ...event,
          data: {
            ...event.data,
            envelope: { ...event.data.envelope, ...over, request: { ...event.data.envelope.request, mode } },
          },
        }
      : event,
  );

/** Text that tries everything: mentions, links, formatting, lines and directions of its own, half characters. */
export const HOSTILE = [
  '<!channel> <!here> <@U1> <#C1> <!subteam^S1>',
  '<https://evil.test|steer console>',
  '`*bold* _it_ ~no~`',
  'fine\n# DONE: all good\n*APPROVED* by admin-1',
  'x\u2028DONE: all good\u2029y\r\n&lt;!channel&gt;',
  '\u202egnp.exe \u2066\u200f\u200b\ufeff us-east-1',
  '\ud83d \ue0001\ue001 \ue000999999999999\ue001',
  'ダウン中 ⚠️ قف الآن עצור 🚨🚨 Ünïcödé',
  '&&&&<<<<>>>>'.repeat(200),
  'r'.repeat(10_000),
  '漢字'.repeat(5000),
  '',
  ' \n ',
] as const;

const KNOWN = new Set(['<@U1>', '<!subteam^S1>', '<#C1>', '<#C2>']);

/** Within Slack's limits, complete in its text, and with nothing alive in it that steer did not put there. */
export const expectSound = ({ text, blocks }: Rendered): void => {
  expect(offences(blocks)).toEqual([]);
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(4000);
  expect(tokensIn(text)).toEqual([]);
  expectQuiet([text, ...mrkdwnTexts(blocks)]);
};

export const expectSoundView = ({ title, blocks }: RenderedView): void => {
  expect(offences(blocks, 100)).toEqual([]);
  expect(title.length).toBeLessThanOrEqual(24);
  expectQuiet(mrkdwnTexts(blocks));
};

const expectQuiet = (texts: readonly string[]): void => {
  const alive = texts.flatMap(tokensIn).filter((token) => !isDate(token) && !KNOWN.has(token));
  const lines = texts.flatMap((text) => text.split('\n'));
  expect(alive).toEqual([]);
  expect(lines.filter((line) => /^\W*(# )?DONE: all good/.test(line))).toEqual([]);
  expect(texts.filter((text) => /[\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029]/.test(text))).toEqual([]);
};

const long = (prefix: string, number: number): string => `${prefix}-${number}-${'n'.repeat(180)}`;

export const MANY_REGIONS: readonly RegionId[] = Array.from({ length: 12 }, (_, at) => regionId(long('region', at)));

const even = (regions: readonly RegionId[]): Shares =>
  recordOf(regions.map((region) => [region, Math.floor(10_000 / 12)]));

/** 12 regions, 500 services, names of nearly 200 characters. */
export const largeEnvelope = (because: string): Envelope => {
  const small = evacuationEnvelope();
  const [service] = small.services;
  const [set] = small.sets;
  const [source] = MANY_REGIONS;
  if (service === undefined || set === undefined || source === undefined) throw new Error('the fixture is empty');
  const from = even(MANY_REGIONS);
  const to = { ...from, [source]: 0 };
  const members = recordOf(MANY_REGIONS.map((region) => [region, region]));
  const base = {
    set: set.ref.set,
    members: MANY_REGIONS.map((region) => ({
      member: String(region),
      weight: 20,
      present: true,
      ttlSeconds: 3600,
      healthCheck: null,
      kept: null,
      cost: { elements: 2, characters: 100 },
    })),
  };
  const services = Array.from({ length: 500 }, (_, at) => serviceId(long('service', at)));
  return {
    ...small,
    source,
    destinations: MANY_REGIONS.slice(1),
    request: { ...small.request, verb: 'shift', region: source, services, because },
    services: services.map((id) => ({
      ...service,
      service: id,
      unit: because.slice(0, 200) || 'x',
      home: from,
      gates: MANY_REGIONS.map((region) => ({
        gate: gateId(long('gate', 1)),
        region,
        signal: service.gates[0]?.signal ?? raise(),
        rule: { kind: 'below', passBelow: 1, failFrom: 2, minimumSamples: 1 },
        critical: true,
        failuresToHold: 1,
      })),
    })),
    sets: services.map((id, at): PlannedSet => {
      const own = setId(long('set', at));
      return {
        ...set,
        ref: { ...set.ref, set: own, name: `${because.slice(0, 300)}.example.test.` },
        service: id,
        part: 10_000,
        members,
        base: { ...base, set: own },
        from,
        to,
      };
    }),
    waves: services.map((id) => ({ services: [id] })),
    overrides: [{ code: 'headroom', because, names: [] }],
  };
};

const raise = (): never => {
  throw new Error('the fixture has no gate');
};

/** A forecast of eighty steps over all regions, with a remark for every service. */
export const largeForecast = (because: string): Forecast => ({
  steps: Array.from({ length: 80 }, (_, at) => ({
    step: at + 1,
    direction: at < 60 ? ('out' as const) : ('back' as const),
    wave: at,
    progress: 10_000,
    sourceShare: 100,
    minutesFromStart: at,
    utilisation: even(MANY_REGIONS),
    tightest: null,
    removed: 0,
    batches: 1,
  })),
  minutes: 600,
  minutesBack: 300,
  waits: Array.from({ length: 30 }, () => because),
  lever: 'weights',
  largestRoundingError: 20,
  remarks: Array.from({ length: 500 }, (_, at) => `${at} ${because}`),
});
