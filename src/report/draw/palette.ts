import type { RegionId } from '../../domain/ids.ts';
import { keysOf } from '../../domain/records.ts';
import type { RunReport } from '../report.ts';

/**
 * Colours that people with any of the common colour vision deficiencies can tell apart: M. Okabe and K. Ito, Color
 * Universal Design, 2008. The drawing library only knows fixed colours, so each is drawn as a placeholder that occurs
 * nowhere else and replaced by a CSS variable afterwards: one picture for light, dark and paper.
 */
interface Tint {
  readonly placeholder: string;
  readonly variable: string;
  readonly light: string;
  readonly dark: string;
}

const tint = (placeholder: string, variable: string, light: string, dark: string): Tint => ({
  placeholder,
  variable: `--${variable}`,
  light,
  dark,
});

export const INK = tint('#fe0101', 'ink', '#1b1f24', '#e8eaed');
export const MUTED = tint('#fe0102', 'muted', '#59636e', '#a3abb4');
export const GRID = tint('#fe0103', 'grid', '#d8dde2', '#3a424b');
export const HELD = tint('#fe0104', 'held', '#8a94a0', '#8a94a0');
export const PAPER = tint('#fe0105', 'paper', '#ffffff', '#14181d');

const VERMILION = tint('#fe0201', 'vermilion', '#d55e00', '#f07d28');

const OTHERS: readonly Tint[] = [
  tint('#fe0202', 'blue', '#0072b2', '#4aa8e0'),
  tint('#fe0203', 'green', '#009e73', '#1fbf92'),
  tint('#fe0204', 'orange', '#e69f00', '#eab13a'),
  tint('#fe0205', 'purple', '#cc79a7', '#d996bb'),
  tint('#fe0206', 'sky', '#56b4e9', '#8fd0f5'),
  tint('#fe0207', 'grey', '#7a7a7a', '#b0b0b0'),
];

export const ALL_TINTS: readonly Tint[] = [INK, MUTED, GRID, HELD, PAPER, VERMILION, ...OTHERS];

const other = (n: number): Tint => OTHERS[n % OTHERS.length] ?? INK;

export const OUTCOME_TINT = {
  PASS: other(1),
  FAIL: VERMILION,
  INCONCLUSIVE: other(2),
  NO_DATA: other(5),
  ERROR: other(3),
} as const;

/** How one region looks in every picture of a page: never by colour alone. */
export interface RegionLook {
  readonly colour: string;
  readonly dash: 'solid' | 'dashed' | 'dotted';
  readonly symbol: 'circle' | 'rect' | 'triangle' | 'diamond';
}

const DASHES: readonly RegionLook['dash'][] = ['solid', 'dashed', 'dotted'];
const SYMBOLS: readonly RegionLook['symbol'][] = ['rect', 'triangle', 'diamond'];

/** The region that traffic leaves is vermilion, all others follow in the order of their names. */
export const looksOf = (report: RunReport): ReadonlyMap<RegionId, RegionLook> => {
  const regions = new Set(report.series.flatMap(({ written }) => keysOf<RegionId>(written[0]?.shares ?? {})));
  const others = [...regions].filter((region) => region !== report.followed).sort();
  const looks = others.map((region, i): [RegionId, RegionLook] => [
    region,
    {
      colour: other(i).placeholder,
      dash: DASHES[i % DASHES.length] ?? 'solid',
      symbol: SYMBOLS[i % SYMBOLS.length] ?? 'rect',
    },
  ]);
  const followed = report.followed;
  if (followed !== null) looks.unshift([followed, { colour: VERMILION.placeholder, dash: 'solid', symbol: 'circle' }]);
  return new Map(looks);
};
