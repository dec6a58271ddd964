import type { FakeRequest, FakeResponse } from '../../fake-kit/wire.ts';
import type { FakeWorld, FakeZone } from './state.ts';

/** One request that has found its operation. */
export interface Asked {
  readonly world: FakeWorld;
  /** The account that the token belongs to. */
  readonly account: string;
  /** What the path names, in order, decoded. */
  readonly ids: readonly string[];
  readonly request: FakeRequest;
  readonly now: number;
  /** The zone that the path begins with, or the vendor's refusal. */
  readonly zone: () => FakeZone;
}

export interface Route {
  readonly method: string;
  /** After `/client/v4`. */
  readonly path: RegExp;
  readonly run: (asked: Asked) => FakeResponse;
}
