import { type AuditReport, auditStore } from '../store/audit.ts';
import type { StreamHead } from '../store/chain.ts';
import type { Deps } from './deps.ts';

/** Verifies every hash chain of the store. `known` are heads that an earlier audit reported and that were kept elsewhere. */
export const audit = (deps: Pick<Deps, 'archive' | 'hash'>, known: readonly StreamHead[]): Promise<AuditReport> =>
  auditStore(deps.archive, deps.hash, known);
