import type { Role } from '../domain/config.ts';

/** From least to most; each includes those before it. */
const ORDER: readonly Role[] = ['viewer', 'responder', 'operator', 'approver', 'admin'];

/** Everything that can be asked of steer, by who may ask it. */
export type Deed =
  | 'see'
  | 'plan'
  | 'hold'
  | 'propose'
  | 'resume'
  | 'stop'
  | 'rollback'
  | 'approve'
  | 'deny'
  | 'freeze'
  | 'unfreeze'
  | 'accept-config'
  | 'adopt-store'
  | 'check-provider'
  | 'change-records'
  | 'change-zones'
  | 'break-glass';

/** The one table (design section 2). Planning writes nothing, so whoever may see may plan. */
export const NEEDS: Readonly<Record<Deed, Role>> = {
  see: 'viewer',
  plan: 'viewer',
  hold: 'responder',
  propose: 'operator',
  resume: 'operator',
  stop: 'operator',
  rollback: 'operator',
  'change-records': 'operator',
  approve: 'approver',
  deny: 'approver',
  freeze: 'admin',
  unfreeze: 'admin',
  'accept-config': 'admin',
  'adopt-store': 'admin',
  'check-provider': 'admin',
  'change-zones': 'admin',
  'break-glass': 'admin',
};

export const atLeast = (role: Role, needed: Role): boolean => ORDER.indexOf(role) >= ORDER.indexOf(needed);

export const may = (role: Role, deed: Deed): boolean => atLeast(role, NEEDS[deed]);

export const higher = (a: Role, b: Role): Role => (atLeast(a, b) ? a : b);

export const lower = (a: Role, b: Role): Role => (atLeast(a, b) ? b : a);

export const deedsOf = (role: Role): readonly Deed[] =>
  (Object.keys(NEEDS) as Deed[]).filter((deed) => may(role, deed));
