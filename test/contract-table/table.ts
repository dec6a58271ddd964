import { VENDORS } from '../../providers/registry.ts';
import type { VendorAbout } from '../../providers/vendor.ts';
import type { ContractCase } from './results.ts';

/** One line for one suite: how many of its cases ended how. */
export interface SuiteLine {
  readonly vendor: string;
  readonly variant: string | null;
  readonly port: ContractCase['port'];
  readonly ground: string;
  readonly passed: number;
  readonly failed: number;
  readonly leftOut: number;
}

export const suiteLines = (cases: readonly ContractCase[]): readonly SuiteLine[] =>
  [...Map.groupBy(cases, ({ vendor, variant, port, ground }) => JSON.stringify([vendor, port, variant, ground]))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, its]) => {
      const [first] = its;
      if (first === undefined) return [];
      const { vendor, variant, port, ground } = first;
      const count = (outcome: ContractCase['outcome']): number => its.filter((one) => one.outcome === outcome).length;
      return [
        { vendor, variant, port, ground, passed: count('passed'), failed: count('failed'), leftOut: count('left out') },
      ];
    });

export const suiteText = (lines: readonly SuiteLine[]): string =>
  lines
    .map(({ vendor, variant, port, ground, passed, failed, leftOut }) => {
      const what = `${vendor}${variant === null ? '' : `, ${variant}`}`;
      return `${port.padEnd(8)} ${ground.padEnd(9)} ${String(passed).padStart(4)} passed ${String(failed).padStart(3)} failed ${String(leftOut).padStart(3)} left out  ${what}\n`;
    })
    .join('');

/** What a suite of a vendor may run against, the best first. */
const GROUNDS = ['real', 'emulator', 'described', 'fake'] as const;

const WORDS: Readonly<Record<(typeof GROUNDS)[number], string>> = {
  real: 'a real server',
  emulator: 'an independent emulator',
  described: 'a fake, checked with the published description',
  fake: 'only a fake',
};

/** What the README says of the ground of each vendor's Steering; a vendor without a suite is said to be untried. */
export const groundOf = (vendor: string, grounds: readonly string[]): string => {
  const best = GROUNDS.find((ground) => grounds.includes(ground));
  // Others read the vendor's description, too, and may have read it wrong: the fake is worth as much.
  if (best === 'emulator' && grounds.includes('described'))
    return `${WORDS.emulator}, and a fake checked with the published description`;
  return best === undefined ? `nothing: ${vendor} has no suite` : WORDS[best];
};

const typesText = ({ records }: VendorAbout): string => {
  if (records === null) return 'none';
  const more = [
    ...(records.weighted === null ? [] : ['weighted']),
    ...(records.geo === null ? [] : [records.geo.access === 'read-only' ? 'geo (read-only)' : 'geo']),
    ...(records.failover === null ? [] : ['failover']),
    ...(records.alias ? ['alias'] : []),
  ];
  return [`${records.types.length} types`, ...more].join(', ');
};

const weightText = ({ steering: { granularity, weight } }: VendorAbout): string => {
  if (granularity === 'record-count') return 'numbers of addresses';
  return granularity === 'whole' ? 'one member or another' : `${weight.minimum} to ${weight.maximum}`;
};

/** Vendors that a config may name, in the order of the registry; the one in memory is for tests. */
export const realVendors = (): readonly VendorAbout[] => VENDORS.filter(({ vendor }) => vendor !== 'memory');

/** The rows of README's table of vendors, cells as they stand there. */
export const vendorRows = (groundsOf: (vendor: string) => readonly string[]): readonly (readonly string[])[] =>
  realVendors().map((about) => {
    const { vendor, title, steering } = about;
    return [
      `[${title}](providers/${vendor})`,
      `\`${vendor}\``,
      weightText(about),
      steering.drain.join(', '),
      steering.conditionalWrite,
      steering.fence,
      steering.propagation === 'reported' ? 'reported' : 'none: answers are asked',
      typesText(about),
      groundOf(vendor, groundsOf(vendor)),
    ];
  });

const HEAD = [
  'vendor',
  'in the config',
  'weights',
  'drained by',
  'conditional write',
  'fence',
  'propagation',
  'records',
  'the contract ran against',
];

export const vendorTable = (rows: readonly (readonly string[])[]): string =>
  [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
