import type { HealthCheck } from './health-config.ts';
import type { RecordTable } from './records.ts';

/** One accepted batch (or an edit from outside the protocol) on its way from the control plane to the name servers. */
export type PendingChange = {
  readonly changeId: string;
  readonly before: RecordTable;
  readonly after: RecordTable;
  /** When the name servers have it; never before an earlier change of the zone. Infinity: it never arrives. */
  readonly settlesAt: number;
  /** When the control plane forgets it and everything accepted after it. Infinity: it is kept. */
  strandsAt: number;
};

export type Zone = {
  readonly id: string;
  readonly accountId: string;
  /** In the service's form. */
  readonly name: string;
  readonly callerReference: string;
  readonly comment: string | undefined;
  readonly isPrivate: boolean;
  readonly linkedService: string | undefined;
  acceleratedRecovery: string;
  /** As lists show it, pending changes included. */
  control: RecordTable;
  /** As the name servers answer; undefined until they know the zone. */
  data: RecordTable | undefined;
  pending: PendingChange[];
  /** Until then another change of the zone is `PriorRequestNotComplete`. */
  busyUntil: number;
};

export type Change = {
  readonly id: string;
  readonly accountId: string;
  readonly zone: Zone;
  readonly submittedAt: number;
  readonly settlesAt: number;
  readonly comment: string | undefined;
};

export type State = {
  readonly zones: Map<string, Zone>;
  readonly changes: Map<string, Change>;
  readonly healthChecks: Map<string, HealthCheck>;
  /** Health of deleted checks, frozen: records may still name them. */
  readonly deletedChecks: Map<string, boolean>;
  /** `account|reference` of every health check ever made. */
  readonly checkReferences: Map<string, string>;
  /** Zone id that answers for a name, where several zones share it: the first made, unless delegated otherwise. */
  readonly delegations: Map<string, string>;
  serial: number;
};

export const createState = (): State => ({
  zones: new Map(),
  changes: new Map(),
  healthChecks: new Map(),
  deletedChecks: new Map(),
  checkReferences: new Map(),
  delegations: new Map(),
  serial: 0,
});

/** Ids are counted, not drawn, so that two runs with one seed have the same ids. */
export const nextId = (state: State, prefix: 'Z' | 'C'): string => {
  state.serial += 1;
  return `${prefix}${state.serial.toString(36).toUpperCase().padStart(13, '0')}`;
};

export const nextUuid = (state: State): string => {
  state.serial += 1;
  return `00000000-0000-4000-8000-${state.serial.toString(16).padStart(12, '0')}`;
};
