import { type FakeResponse, json } from '../../fake-kit/wire.ts';
import { Refusal } from './refusal.ts';

/** A part of the world, as deep as the tests go: the vendor lists some 250 countries and their parts. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  NAM: ['CA', 'MX', 'US'],
  SAM: ['AR', 'BR'],
  EUR: ['DE', 'FR', 'GB'],
  AFR: ['ZA'],
  ASI: ['IN', 'JP'],
  OCN: ['AU', 'NZ'],
  ANT: ['AQ', 'BV', 'TF'],
};

const NOWHERE = ['A1', 'A2', 'A3'];

const territory = (code: string, type: string, id: number) => ({ name: code, code, type, id });

export const listTerritories = (codes: string): FakeResponse => {
  if (codes === '') {
    const nowhere = NOWHERE.map((code, index) => territory(code, 'Country', 315 + index));
    const continents = Object.keys(INSIDE).map((code, index) => territory(code, 'Region', 332 + index));
    return json(200, [[...nowhere, ...continents]]);
  }
  const lists = codes.split(',').map((code) => {
    const inside = INSIDE[code];
    if (inside === undefined) throw new Refusal(400, 80_002, `ISO code not found: ${code}`);
    return inside.map((country, index) => territory(country, 'Country', index + 1));
  });
  return json(200, lists);
};
