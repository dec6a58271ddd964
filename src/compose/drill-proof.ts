import { addressOf, NAMES } from '../sandbox/steering-plan.ts';
import type { MountedSandbox } from './sandbox-mount.ts';

/** Answers of the name server, counted by region. */
export type Count = Readonly<Record<string, number>>;

/** As many questions as show a share of half a percent. */
export const ANSWERS_ASKED = 600;

/** Who gets the next users: the name of most users is asked for several hundred times. */
export const countAnswers = async ({ local }: MountedSandbox): Promise<Count> => {
  const [asked] = NAMES;
  if (asked === undefined) return {};
  const { regions, services } = local.spec;
  const service = services.findIndex(({ name }) => name === asked.service);
  const regionOf = new Map(regions.map((region, i) => [addressOf(asked.type, i, service), region] as const));
  const count: Record<string, number> = Object.fromEntries(regions.map((region) => [region, 0]));
  for (let i = 0; i < ANSWERS_ASKED; i += 1) {
    const { answers } = await local.answerer({ name: asked.name.replace(/\.$/, ''), type: asked.type }, 'steer');
    const region = answers.map(({ data }) => regionOf.get(data)).find((found) => found !== undefined);
    if (region !== undefined) count[region] = (count[region] ?? 0) + 1;
  }
  return count;
};
