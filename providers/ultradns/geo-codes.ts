import type { GeoRegions } from '../../src/domain/record-sets.ts';
import { EVERYBODY_ELSE } from './directional.ts';

/** Which countries a continent's code stands for: REST API guide, "GeoIP Codes for Directional Pools", 2025-03. */
const CONTINENTS: Readonly<Record<string, readonly string[]>> = {
  NAM: 'AG AI AN AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT U3 US VC VG VI'.split(
    ' ',
  ),
  SAM: 'AR BO BR CL CO EC FK GF GS GY PE PY SR U4 UY VE'.split(' '),
  EUR: 'AD AL AM AT AX AZ BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GE GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SJ SK SM U5 UA VA'.split(
    ' ',
  ),
  AFR: 'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ U7 UG YT ZA ZM ZW'.split(
    ' ',
  ),
  ASI: 'AE AF BD BH BN BT CN CY HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA RU SA SG SY TH TJ TL TM TR TW U6 U8 UZ VN YE'.split(
    ' ',
  ),
  OCN: 'AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV U9 UM VU WF WS'.split(' '),
  ANT: ['AQ', 'BV', 'TF'],
};

const CONTINENT_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(CONTINENTS).flatMap(([continent, countries]) => countries.map((country) => [country, continent])),
);

/** `US-VA` lies where `US` lies; a continent, and what lies nowhere (proxies, satellites), stand for themselves. */
const regionOf = (code: string): string => {
  if (code === EVERYBODY_ELSE) return code;
  const country = code.split('-')[0] ?? code;
  return CONTINENT_OF.get(country) ?? country;
};

/** Codes of a group, by continent. The whole of a continent is its own code. */
export const regionsOf = (codes: readonly string[]): GeoRegions =>
  Object.fromEntries([...Map.groupBy(codes.toSorted(), regionOf)].toSorted(([a], [b]) => (a < b ? -1 : 1)));

export const EVERYWHERE_ELSE: GeoRegions = { [EVERYBODY_ELSE]: [EVERYBODY_ELSE] };

export const isEverywhereElse = (regions: GeoRegions): boolean => regions[EVERYBODY_ELSE] !== undefined;

/** The codes of these regions, sorted, as the vendor keeps them. */
export const codesOf = (regions: GeoRegions): readonly string[] => Object.values(regions).flat().toSorted();

const misplaced = (regions: GeoRegions): readonly string[] =>
  Object.entries(regions).flatMap(([region, codes]) =>
    codes
      .filter((code) => regionOf(code) !== region)
      .map((code) => `${code} belongs to ${regionOf(code)}, not to ${region}`),
  );

/** All countries of a continent, which the vendor may hold as the continent itself. */
const spelledOut = (codes: readonly string[]): readonly string[] =>
  Object.entries(CONTINENTS)
    .filter(([, countries]) => countries.every((country) => codes.includes(country)))
    .map(([continent]) => `name ${continent} instead of all its countries`);

/** What is wrong with the places of one set; empty when nothing is. */
export const objectionsToPlaces = (regions: GeoRegions): readonly string[] => {
  const codes = codesOf(regions);
  const twice = codes.filter((code, index) => codes.indexOf(code) !== index);
  return [
    ...misplaced(regions),
    ...twice.map((code) => `${code} is named twice`),
    ...(isEverywhereElse(regions) && codes.length > 1 ? [`${EVERYBODY_ELSE} stands alone`] : []),
    ...spelledOut(codes),
  ];
};
