import type { Person } from '../domain/config.ts';
import { personId } from '../domain/ids.ts';

/** Stands in for the asker of a plan that nobody proposes. Whoever may see may plan, and such a plan is never stored. */
export const NOBODY: Person = {
  person: personId('nobody'),
  role: 'viewer',
  identities: [],
  shared: true,
  totpSecretFrom: null,
};
