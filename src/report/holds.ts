import type { GateRule } from '../domain/gates.ts';
import type { ObjectionCode } from '../domain/objections.ts';
import type { Envelope } from '../domain/plan.ts';
import type { EngineHold, Run } from '../run/state.ts';
import type { Frame, Story } from './frames.ts';
import type { HoldStory, Measure } from './report.ts';

/** How a value has to stand to its limit for the rule to pass; codes that compare nothing have no line. */
const OPERATORS: Partial<Record<ObjectionCode, '≤' | '≥'>> = {
  floor: '≥',
  'minimum-serving-regions': '≥',
  budget: '≤',
  headroom: '≤',
  'step-too-large': '≤',
  'bake-too-short': '≥',
  'facts-too-old': '≤',
  'commit-window': '≤',
  'plan-expired': '≤',
  'plan-overdue': '≤',
  'ttl-too-long': '≤',
  'too-many-dead': '≤',
};

const operatorOf = (rule: GateRule): Measure['operator'] => {
  switch (rule.kind) {
    case 'below':
      return '<';
    case 'above':
      return '>';
    case 'last-week':
      return '≤';
    case 'state':
      return null;
  }
};

const gateMeasures = (run: Run, envelope: Envelope): readonly Measure[] => {
  const wanted = run.lastObservation?.data.verdict.hold ?? null;
  if (wanted === null) return [];
  return (run.lastObservation?.data.services ?? []).flatMap(({ service, gates }) =>
    gates
      .filter(({ outcome, region }) => outcome === wanted && region !== envelope.source)
      .map(({ gate, region, value, limit, because }): Measure => {
        const specs = envelope.services.find((planned) => planned.service === service)?.gates ?? [];
        const spec = specs.find((one) => one.gate === gate && one.region === region);
        return {
          what: `${service} ${gate}${region === null ? '' : ` in ${region}`}`,
          value,
          operator: spec === undefined ? null : operatorOf(spec.rule),
          limit,
          because: because ?? wanted,
        };
      }),
  );
};

const measuresOf = (hold: EngineHold, run: Run): readonly Measure[] =>
  hold.objections.length === 0
    ? gateMeasures(run, run.envelope)
    : hold.objections.map(({ code, value, limit, because, region, service }) => ({
        what: [code, service, region].filter((word) => word !== undefined).join(' '),
        value,
        operator: OPERATORS[code] ?? null,
        limit,
        because,
      }));

const endBy = ({ event }: Frame): NonNullable<HoldStory['ended']> => {
  switch (event.type) {
    case 'resume.asked':
      return { by: event.data.by, how: 'resume', because: null };
    case 'rollback.asked':
      return { by: event.data.by, how: 'rollback', because: event.data.because };
    case 'stop.asked':
    case 'denial.given':
      return { by: event.data.by, how: 'stop', because: event.data.because };
    case 'run.released':
      return { by: null, how: 'released', because: event.data.because };
    case 'run.held':
      return { by: null, how: 'another hold', because: event.data.because.join('; ') };
    default:
      return { by: null, how: 'end of the run', because: null };
  }
};

const begun = ({ event, after }: Frame, kind: 'person' | 'engine'): HoldStory | null => {
  const open = { from: event.at, until: null, ended: null };
  if (kind === 'person') {
    const hold = after.personHold;
    if (hold === null) return null;
    const { by, door, because } = hold;
    return { cause: 'person', by, door, because: [because], measures: [], byHand: [], ...open };
  }
  const hold = after.engineHold;
  if (hold === null) return null;
  const { cause, because, byHand } = hold;
  return { cause, by: null, door: null, because, measures: measuresOf(hold, after), byHand, ...open };
};

/** Every hold, in the order in which they began: a person's and the run's own may stand at the same time. */
export const holdsOf = ({ frames }: Story): readonly HoldStory[] => {
  const holds: HoldStory[] = [];
  const open: Record<'person' | 'engine', number | null> = { person: null, engine: null };
  for (const frame of frames)
    for (const kind of ['person', 'engine'] as const) {
      const field = kind === 'person' ? 'personHold' : 'engineHold';
      if (frame.before !== null && frame.before[field] === frame.after[field]) continue;
      const standing = open[kind] === null ? undefined : holds[open[kind]];
      if (standing !== undefined && open[kind] !== null)
        holds[open[kind]] = { ...standing, until: frame.event.at, ended: endBy(frame) };
      const hold = begun(frame, kind);
      open[kind] = hold === null ? null : holds.push(hold) - 1;
    }
  return holds;
};
