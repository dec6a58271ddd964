import type { PersonId, RegionId, RunId } from '../domain/ids.ts';
import type { Verb } from '../domain/plan.ts';
import { recordKeyText } from '../domain/record-order.ts';
import type { Instant } from '../domain/units.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { asDnsEvent, DNS_STREAM, type DnsEvent } from '../run/dns-events.ts';
import { FLEET_STREAM, type FleetEvent, type RunEvent } from '../run/events.ts';
import { asFleetEvent, asRunEvent } from '../run/replay.ts';
import { type Answer, granted } from './answer.ts';
import type { Deps } from './deps.ts';

/** One thing that a person did, or that ended a run. */
export interface HistoryEntry {
  readonly at: Instant;
  readonly type: (RunEvent | FleetEvent | DnsEvent)['type'];
  /** Null for what concerns the whole fleet. */
  readonly run: RunId | null;
  readonly verb: Verb | null;
  readonly region: RegionId | null;
  readonly by: PersonId | null;
  readonly door: string | null;
  readonly because: string | null;
}

interface About {
  readonly run: RunId;
  readonly verb: Verb;
  readonly region: RegionId | null;
}

const NOWHERE = { run: null, verb: null, region: null } as const;
const NOBODY = { by: null, door: null, because: null } as const;

type Told = Pick<HistoryEntry, 'by' | 'door' | 'because'>;

const toldOfRun = (event: RunEvent): Told | null => {
  switch (event.type) {
    case 'run.proposed':
      return { by: event.data.by, door: event.data.door, because: event.data.envelope.request.because };
    case 'approval.given':
      return { by: event.data.by, door: event.data.door, because: event.data.solo ? 'without a second person' : null };
    case 'denial.given':
    case 'hold.asked':
    case 'stop.asked':
    case 'rollback.asked':
      return { by: event.data.by, door: event.data.door, because: event.data.because };
    case 'resume.asked':
      return { by: event.data.by, door: event.data.door, because: null };
    case 'run.held':
    case 'run.stopped':
      return { ...NOBODY, because: event.data.because.join('; ') };
    case 'run.finished':
    case 'run.failed':
      return { ...NOBODY, because: event.data.because };
    default:
      return null;
  }
};

const toldOfFleet = (event: FleetEvent): Told | null => {
  switch (event.type) {
    case 'config.accepted': {
      const { by, second, changes } = event.data;
      const more = second === null ? '' : `, with ${second}`;
      return { by, door: null, because: `${changes.length} change${changes.length === 1 ? '' : 's'}${more}` };
    }
    case 'config.proposed':
      return {
        by: event.data.by,
        door: event.data.door,
        because: `${event.data.weakens.length} weakenings wait for a second person`,
      };
    case 'freeze.set':
    case 'freeze.lifted':
      return { by: event.data.by, door: event.data.door, because: event.data.because };
    case 'store.adopted':
      return {
        by: event.data.by,
        door: event.data.door,
        because: `from ${event.data.from.join(', ')}, with ${event.data.second}`,
      };
    case 'store.adoption-asked':
      return { by: event.data.by, door: event.data.door, because: event.data.because };
    case 'provider.checked':
      return {
        ...NOBODY,
        because: `${event.data.provider}: ${event.data.conditionalWrite}${event.data.zeroOnAlias ? ', weight 0 drains an alias' : ''}`,
      };
    case 'executor.took-over':
      return null;
  }
};

const toldOfDns = (event: DnsEvent): Told => {
  if (event.type === 'dns.change-intended') {
    const { by, door, provider, zone, verb, because, sets } = event.data;
    const [first, ...others] = sets.flatMap(({ expects, leaves }) => expects ?? leaves ?? []);
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const what = first === undefined ? zone.name : `${recordKeyText(first)}${more}`;
    return { by, door, because: `${provider} ${verb} ${what}${because === null ? '' : `: ${because}`}` };
  }
  const counts = Map.groupBy(event.data.outcomes, ({ outcome }) => outcome);
  return { ...NOBODY, because: [...counts].map(([outcome, { length }]) => `${length} ${outcome}`).join(', ') };
};

const entryOf = (stored: StoredEvent, about: Map<string, About>): HistoryEntry | null => {
  const { at, stream } = stored;
  if (stream === FLEET_STREAM) {
    const event = asFleetEvent(stored);
    const told = toldOfFleet(event);
    return told === null ? null : { at, type: event.type, ...NOWHERE, ...told };
  }
  if (stream === DNS_STREAM) {
    const event = asDnsEvent(stored);
    return { at, type: event.type, ...NOWHERE, ...toldOfDns(event) };
  }
  if (!stream.startsWith('run/')) return null;
  const event = asRunEvent(stored);
  if (event.type === 'run.proposed') {
    const { run, envelope } = event.data;
    about.set(stream, { run, verb: envelope.request.verb, region: envelope.request.region });
  }
  const told = toldOfRun(event);
  return told === null ? null : { at, type: event.type, ...(about.get(stream) ?? NOWHERE), ...told };
};

/** What people did and how runs ended, newest first. An event that cannot be read is passed over: `audit verify` finds it. */
export const history = async (
  deps: Pick<Deps, 'journal'>,
  request: { readonly region: RegionId | null; readonly limit: number },
): Promise<Answer<readonly HistoryEntry[]>> => {
  const about = new Map<string, About>();
  const entries: HistoryEntry[] = [];
  let position = 0;
  for (;;) {
    const events = await deps.journal.readAll(position, 5000);
    for (const stored of events) {
      position = stored.position;
      const entry = entryOrNull(stored, about);
      if (entry !== null && (request.region === null || entry.region === request.region)) entries.push(entry);
    }
    if (events.length === 0) return granted(entries.toReversed().slice(0, request.limit));
  }
};

const entryOrNull = (stored: StoredEvent, about: Map<string, About>): HistoryEntry | null => {
  try {
    return entryOf(stored, about);
  } catch {
    return null;
  }
};
