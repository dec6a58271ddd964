import { z } from 'zod';
import { amount, choice, count, duration, flag, name, number, percent, positive, text } from '../leaf.ts';

const WHOLE = 10_000;
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

const watched = {
  signal: name('Signal that answers. One with {region} makes a gate for every region of the service.'),
  critical: flag('True: one FAIL holds at once. Then failuresToHold is left out.').optional(),
  failuresToHold: count('How many FAILs in the run hold. Left out where critical is true.', {
    from: 1,
    to: 1000,
  }).optional(),
};

const minimumSamples = count('Fewer measurements than this are INCONCLUSIVE.', { from: 1, to: 1_000_000_000 });

const gate = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('state'), ...watched }),
  z.strictObject({
    rule: z.literal('below'),
    passBelow: number('Below this passes.'),
    failFrom: number('At or above this fails; between the two is INCONCLUSIVE.'),
    minimumSamples,
    ...watched,
  }),
  z.strictObject({
    rule: z.literal('above'),
    passAbove: number('Above this passes.'),
    failTo: number('At or below this fails; between the two is INCONCLUSIVE.'),
    minimumSamples,
    ...watched,
  }),
  z.strictObject({
    rule: z.literal('last-week'),
    passWithin: percent('Largest difference from the same minute one week ago that passes.', {
      from: 1,
      to: UNBOUNDED,
    }),
    failFrom: percent('A difference from which it fails.', { from: 1, to: UNBOUNDED }),
    minimumSamples,
    ...watched,
  }),
]);

const gateOrNone = z.union([choice('Takes away a gate of serviceDefaults.', ['none']), gate]);

const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'HTTPS', 'SVCB', 'MX', 'SRV', 'TXT', 'CAA'] as const;

const DNS_NAME = /^(?=.{1,254}$)(?:(?:\*|[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)\.)+[A-Za-z0-9-]{2,63}\.?$/;

const setShape = {
  provider: name('Provider that holds the records.'),
  zone: text("The vendor's own id of the zone.", 'the id of a zone, in quotes where it is a number'),
  name: text('Steered name, fully qualified.', 'a DNS name such as api.example.com', DNS_NAME),
  type: choice('Type of the records.', RECORD_TYPES),
  part: percent("Part of the service's traffic that this set carries. May be left out for an only set.", {
    from: 1,
    to: WHOLE,
  }).optional(),
  group: text(
    'For one directional group of a geo set: its name at the vendor. Its members are the targets that the group may be given. Left out: a set of weights.',
    'the name of a geo group',
  ).optional(),
  home: z
    .record(z.string(), percent('Share of this set on a normal day.', { from: 0, to: WHOLE }))
    .describe("Home shares of this set where they are not the service's; add up to 100%. Needed for a geo group.")
    .optional(),
  layer: name('Which of the layers of the service this set belongs to. Left out where it has none.').optional(),
  members: z
    .record(
      z.string(),
      text('Set identifier of the region, or a pattern with {region} under `each`.', 'the name of a member'),
    )
    .describe('Which member stands for which region; `each` speaks for all regions of the service.'),
  drain: choice(
    "How a member is drained: zero stores weight 0, remove takes the record away, state turns the vendor's own switch for it, lever flips health.",
    ['zero', 'remove', 'state', 'lever'],
  ),
  ttl: duration('Time to live that the records should say.', { from: 1000, to: 86_400_000 }),
};

const bySignal = z.strictObject({
  now: name('Signal that says what runs now.'),
  reference: z
    .union([amount('Normal capacity.'), choice('Highest of the last 24 hours.', ['highest-of-24h'])])
    .describe('Normal capacity: a number, or highest-of-24h of the same signal.'),
});

const values = z
  .record(
    z.string(),
    z.union([text('Text for every region.', 'a text'), z.record(z.string(), text('Text for this region.', 'a text'))]),
  )
  .describe('Texts that signals may name in braces, e.g. {loadBalancer}: one text, or one per region.');

const serviceShape = {
  tier: count('1 is the most important.', { from: 0, to: 100 }),
  labels: z.array(name('A label.')).optional().describe('Words to select services by. Left out: none.'),
  dependsOn: z.array(name('A service.')).optional().describe('Services that this one calls. Left out: none.'),
  unit: text('Unit of capacity and demand.', 'a unit such as requests/s'),
  fleetWeight: positive("Weight of this service in the fleet's hourly budget."),
  home: z
    .record(z.string(), percent('Share on a normal day; 0% is a standby.', { from: 0, to: WHOLE }))
    .describe('Where traffic belongs on a normal day; adds up to 100%. Its regions are the regions of the service.'),
  capacity: z
    .record(z.string(), z.union([amount('Fixed capacity.'), bySignal]))
    .describe('What a region can serve: a number, or signals. `each` speaks for all regions of the service.'),
  demand: z
    .union([
      amount('Fixed demand of the whole service.'),
      z.record(z.string(), name('Signal of the traffic that arrives in the region.')),
    ])
    .describe('What users ask: a number, or a signal per region. `each` speaks for all regions of the service.'),
  forecastPeak: percent('Highest demand expected during a stay, as a part of the present, e.g. 120%.', {
    from: WHOLE,
    to: 100 * WHOLE,
  }),
  values: values.optional(),
  layers: z
    .array(name('A layer.'))
    .describe(
      'Layers that this service is steered at, the preferred one first, e.g. weights and geo; each carries all of its traffic. Left out: one.',
    )
    .optional(),
};

const gatesOf = <S extends z.ZodType>(one: S) =>
  z.record(z.string(), one).describe('Judgements on live health, by name.');

/** A service as the file may say it: what is left out comes from serviceDefaults. */
export const serviceInFile = z
  .strictObject({
    ...serviceShape,
    gates: gatesOf(gateOrNone),
    sets: z.record(z.string(), z.strictObject(setShape).partial()).describe('Steered names, by a name of your own.'),
  })
  .partial();

export const serviceDefaults = z
  .strictObject({
    ...serviceShape,
    gates: gatesOf(gate),
    set: z.strictObject(setShape).omit({ name: true }).partial().describe('What steering sets share.'),
  })
  .omit({ dependsOn: true })
  .partial();

/** A service once serviceDefaults filled in what it left out: now nothing may be missing. */
export const wholeService = z.strictObject({
  ...serviceShape,
  gates: gatesOf(gate),
  sets: z.record(z.string(), z.strictObject(setShape)).describe('Steered names, by a name of your own.'),
});
