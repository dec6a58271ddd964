import type { Config, Person, ServiceConfig } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import type { MoveRequest } from '../domain/plan.ts';

export interface ProposeInput {
  readonly request: MoveRequest;
  readonly config: Config;
  readonly configDigest: string;
  /** Listed from the vendors moments ago, for every service that may move. */
  readonly facts: Facts;
  readonly asker: Person;
  /** Identity of the store. */
  readonly store: string;
  readonly now: number;
}

/** Services that the request is about, in the order of the config. */
export const movingServices = (config: Config, request: MoveRequest): readonly ServiceConfig[] =>
  request.services.length === 0
    ? config.services
    : config.services.filter(({ service }) => request.services.includes(service));
