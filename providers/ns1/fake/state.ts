import type { FakeRecord } from './record-schema.ts';

export interface FakeZone {
  readonly name: string;
  readonly ttl: number;
  readonly hostmaster: string;
  /** By `domain/TYPE`. */
  readonly records: Map<string, FakeRecord>;
}

export interface FakeState {
  readonly zones: Map<string, FakeZone>;
  key: string;
  landed: number;
  requests: number;
  ids: number;
}

export const nextId = (state: FakeState): string => {
  state.ids += 1;
  return state.ids.toString(16).padStart(24, '0');
};

export const recordKey = (domain: string, type: string): string => `${domain.toLowerCase()}/${type.toUpperCase()}`;
