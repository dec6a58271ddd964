import type { Objection } from '../domain/objections.ts';
import { refuse } from './objection.ts';

/**
 * Before its first write a plan stands and falls with the config it was made under; a run that has started keeps its own,
 * and only stricter limits reach it (design rule 8).
 */
export const configSuperseded = (input: {
  readonly started: boolean;
  readonly envelope: { readonly configDigest: string };
  readonly facts: { readonly configDigest: string };
}): readonly Objection[] => {
  const { started, envelope, facts } = input;
  if (started || envelope.configDigest === facts.configDigest) return [];
  const because = 'another config was accepted since this plan was made; make a new one';
  return [refuse('config-superseded', because, { value: envelope.configDigest, limit: facts.configDigest })];
};
