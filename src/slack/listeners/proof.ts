import type { Asker } from '../../operations/deps.ts';
import { whoami } from '../../operations/whoami.ts';
import type { Turn } from '../turn.ts';

/** The asker with the one-time code that he typed. In Slack everybody proves only himself. */
export const withCode = async ({ door, asker }: Turn, code: string): Promise<Asker> => {
  if (code === '') return asker;
  const who = await whoami(door.deps, asker);
  if (!who.ok || who.value.standing.kind !== 'person') return asker;
  return { ...asker, proof: { person: who.value.standing.person, code } };
};
