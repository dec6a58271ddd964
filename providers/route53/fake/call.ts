import type { Identity } from './accounts.ts';
import { advance } from './changes.ts';
import { type HealthSources, isCheckHealthy } from './health.ts';
import { invalidInput, noSuchHostedZone } from './refusal.ts';
import type { AnswerContext } from './resolve.ts';
import type { State, Zone } from './state.ts';
import type { Throttle } from './throttle.ts';

export const NAMESPACE = 'https://route53.amazonaws.com/doc/2013-04-01/';

/** How this control plane behaves; all of it is chosen when the fake is made. */
export type Rules = {
  readonly now: () => number;
  readonly random: () => number;
  /** Drawn anew for every change. */
  readonly propagationMs: () => number;
  readonly processMs: number;
  readonly deleteIgnoresWeight: boolean;
  readonly zeroAliasAnswers: boolean;
  /** Record sets a page where the request has no `maxitems`. */
  readonly defaultPageSize: number;
  readonly maxZones: number;
  readonly maxHealthChecks: number;
  readonly maxRecordSets: number;
  readonly nameServers: readonly string[];
  readonly sources: HealthSources;
  /** How long a second of a health check's interval lasts, in milliseconds of the clock. */
  readonly secondMs: number;
  readonly external: AnswerContext['external'];
};

/** One request, signed, routed and admitted. */
export type Call = {
  readonly state: State;
  readonly rules: Rules;
  readonly throttle: Throttle;
  readonly identity: Identity;
  /** What the path's pattern captured, decoded. */
  readonly parameters: readonly string[];
  readonly query: Record<string, string>;
  readonly body: string;
  readonly at: number;
  /** A change made by this call is forgotten at this instant; undefined: it is kept. */
  readonly strandsAt: number | undefined;
};

export type Result = { readonly status: number; readonly headers?: Record<string, string>; readonly body: string };

export type Operation = (call: Call) => Result;

/** The caller's own zone of that id. Another account's zone does not exist for it. */
export const zoneOf = (call: Call, id: string): Zone => {
  const zone = call.state.zones.get(id);
  if (zone === undefined || zone.accountId !== call.identity.accountId) throw noSuchHostedZone(id);
  advance(call.state, zone, call.at);
  return zone;
};

export const parameter = (call: Call, index: number): string => {
  const value = call.parameters[index];
  if (value === undefined || value === '') throw invalidInput('The path lacks an id');
  return value;
};

/** `maxitems` within 1..`most`, `missing` where it was not sent. More than `most` is cut to `most`. */
export const pageSizeOf = (call: Call, most: number, missing: number): number => {
  const { maxitems } = call.query;
  if (maxitems === undefined) return missing;
  if (!/^\d{1,9}$/.test(maxitems) || Number(maxitems) < 1)
    throw invalidInput(`1 validation error detected: Value '${maxitems}' at 'maxItems' must be at least 1`);
  return Math.min(most, Number(maxitems));
};

export const answerContext = (
  call: Pick<Call, 'state' | 'rules' | 'at'>,
  client: AnswerContext['client'],
): AnswerContext => ({
  isCheckHealthy: (id) => isCheckHealthy(call.state, id, call.rules, call.at),
  random: call.rules.random,
  client,
  zeroAliasAnswers: call.rules.zeroAliasAnswers,
  external: call.rules.external,
});
