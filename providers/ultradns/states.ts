import type { JsonObject } from './rrset.ts';

/**
 * Words for what a pool record does: NORMAL follows its probes, the second is on and the third off whatever they say. The REST
 * API guide (2025-03) and the Terraform provider have ACTIVE and INACTIVE; the Postman collection of 2025-08 has FORCE_ACTIVE
 * and FORCE_FAIL. Which an account answers with is known only from its answers, so both are read and its own are given back.
 */
export interface StateWords {
  readonly on: string;
  readonly off: string;
}

export const GUIDE_WORDS: StateWords = { on: 'ACTIVE', off: 'INACTIVE' };
export const FORCE_WORDS: StateWords = { on: 'FORCE_ACTIVE', off: 'FORCE_FAIL' };

const WORDS: readonly StateWords[] = [GUIDE_WORDS, FORCE_WORDS];
const FOLLOWS_PROBES = 'NORMAL';

/** NORMAL is what the vendor assumes where nothing is said. */
export const stateOf = (info: JsonObject): string => {
  const state = info['state'];
  return typeof state === 'string' ? state : FOLLOWS_PROBES;
};

export const isOff = (state: string): boolean => WORDS.some(({ off }) => off === state);

export const isOn = (state: string): boolean => state === FOLLOWS_PROBES || WORDS.some(({ on }) => on === state);

export const followsProbes = (state: string): boolean => state === FOLLOWS_PROBES;

/** The words that these states are taken from; `otherwise` when none of them is forced either way. */
export const wordsOf = (states: readonly string[], otherwise: StateWords): StateWords =>
  WORDS.find(({ on, off }) => states.includes(on) || states.includes(off)) ?? otherwise;
