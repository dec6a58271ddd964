import type { RecordsCapabilities } from '../../domain/record-sets.ts';
import type { SteeringCapabilities } from '../../domain/steering.ts';
import { durationText } from '../../domain/units.ts';
import type { VendorShown } from '../../operations/dns/vendors.ts';
import { table, wrapped } from './table.ts';

const WIDTH = 100;
const NONE = '-';

const rangeText = ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }): string =>
  minimum === maximum ? String(minimum) : `${minimum}-${maximum}`;

const stepsText = ({ granularity, weight }: SteeringCapabilities): string =>
  granularity === 'whole' ? 'whole' : granularity === 'weight' ? rangeText(weight) : `${rangeText(weight)} records`;

/** Letters, explained below the table. */
const routingText = (records: RecordsCapabilities | null): string => {
  if (records === null) return NONE;
  const { weighted, geo, failover, zones } = records;
  return [
    weighted === null ? '' : 'w',
    geo === null ? '' : geo.access === 'read-only' ? '(g)' : 'g',
    failover === null ? '' : 'f',
    zones.create ? 'z' : '',
  ]
    .filter((letter) => letter !== '')
    .join(' ');
};

const LEGEND = [
  'weights: of a serving member (records: so many addresses; whole: one member or another)',
  'records: types; w weighted, g geo, (g) geo only to be read, f failover, z makes zones',
  'Everything of one: steer dns providers VENDOR',
];

/** One line for each vendor, within a hundred columns. */
export const vendorTable = (vendors: readonly VendorShown[]): readonly string[] => [
  ...table([
    ['vendor', 'weights', 'drained by', 'condition', 'fence', 'arrival', 'records', ''],
    ...vendors.map(({ vendor, steering, records }) => [
      vendor,
      stepsText(steering),
      steering.drain.join(' '),
      steering.conditionalWrite,
      steering.fence,
      steering.propagation,
      records === null ? NONE : `${records.types.length} types`,
      routingText(records),
    ]),
  ]),
  '',
  ...LEGEND,
];

const batchText = ({ batch }: SteeringCapabilities): string => {
  const limits = [
    ...(batch.sets === null ? [] : [`${batch.sets} ${batch.sets === 1 ? 'set' : 'sets'}`]),
    `${batch.elements} elements`,
    `${batch.characters} characters`,
  ];
  return limits.join(', ');
};

const failOpenText = ({ failOpen }: SteeringCapabilities): string =>
  [
    `all drained answers ${failOpen.allDrained}`,
    ...(failOpen.drainedIsLastResort ? ['a drained member is the last resort'] : []),
    ...(failOpen.noneHealthyServesAll ? ['none healthy counts as all healthy'] : []),
  ].join('; ');

const steeringRows = (steering: SteeringCapabilities): readonly (readonly [string, string])[] => [
  ['steers by', steering.granularity],
  ['weights', rangeText(steering.weight)],
  ['drained by', steering.drain.join(', ')],
  ['conditional write', steering.conditionalWrite],
  ['fence', steering.fence],
  ['one write', batchText(steering)],
  ['geo', steering.geo ? 'yes' : 'no'],
  ['arrival', `${steering.propagation}, usually within ${durationText(steering.typicalPropagationMs)}`],
  ['when it fails', failOpenText(steering)],
];

const zonesText = ({ zones }: RecordsCapabilities): string => {
  const can = [
    ...(zones.create ? ['add'] : []),
    ...zones.update.map((what) => `update ${what}`),
    ...(zones.delete ? ['delete'] : []),
  ];
  const names = zones.duplicateNames ? 'two may have one name' : 'names are unique';
  return `${can.length === 0 ? 'only to be looked at' : can.join(', ')}; ${names}`;
};

const recordRows = (records: RecordsCapabilities | null): readonly (readonly [string, string])[] => {
  if (records === null) return [['records', 'none that steer could read or write']];
  const { types, weighted, geo, failover, alias, conditionalWrite, atomic, batch } = records;
  return [
    ['records', types.join(' ')],
    ['weighted', weighted === null ? 'no' : `${weighted.types.join(' ')}; weights ${rangeText(weighted)}`],
    ['geo records', geo === null ? 'no' : `${geo.types.join(' ')}; ${geo.access}`],
    ['failover', failover === null ? 'no' : failover.join(' ')],
    ['alias', alias ? 'yes' : 'no'],
    ['zones', zonesText(records)],
    ['record writes', `${conditionalWrite}; ${batch} changes a call, atomic by ${atomic}`],
  ];
};

const secretRows = ({ secrets, settings }: VendorShown): readonly (readonly [string, string])[] => [
  ...(secrets.length === 0
    ? ([['secrets', 'none under credentials.secrets']] as const)
    : secrets.map(({ name, description }) => [`secret ${name}`, description] as const)),
  ...(settings.length === 0
    ? ([['settings', 'none']] as const)
    : settings.map(
        ({ key, description, isNeeded }) =>
          [`setting ${key}`, isNeeded ? `(needed) ${description}` : description] as const,
      )),
];

/** Everything of each vendor, as rows of name and text. */
export const vendorLines = (vendors: readonly VendorShown[]): readonly string[] =>
  vendors.flatMap((shown) => {
    const rows = [
      ['endpoint', shown.endpoint ?? 'of your own: `endpoint` in the config'] as const,
      ...steeringRows(shown.steering),
      ...recordRows(shown.records),
      ...secretRows(shown),
    ];
    const width = Math.max(...rows.map(([name]) => name.length)) + 2;
    return [
      `${shown.vendor}: ${shown.title}`,
      ...rows.flatMap(([name, text]) =>
        wrapped(`${name.padEnd(width)}${text}`, WIDTH - 2, ' '.repeat(width)).map((line) => `  ${line}`),
      ),
    ];
  });
