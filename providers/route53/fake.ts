import { type AccountOptions, type AwsAccounts, createAwsAccounts } from './fake/accounts.ts';
import type { Client } from './fake/answers.ts';
import { answerContext, type Rules } from './fake/call.ts';
import { accept, advance } from './fake/changes.ts';
import { createHandler } from './fake/control-plane.ts';
import { createFaults, type Fault, type Outage } from './fake/faults.ts';
import { ALL_WELL, type HealthSources, isCheckHealthy } from './fake/health.ts';
import { addHealthCheck } from './fake/health-api.ts';
import type { HealthCheck, HealthCheckConfig } from './fake/health-config.ts';
import { createRequestLog, type RequestLog } from './fake/log.ts';
import { normaliseName, parentOf } from './fake/names.ts';
import { keyOf, type RecordSet } from './fake/records.ts';
import { type AnswerContext, answerFromZone, type DnsAnswer } from './fake/resolve.ts';
import { createState, type Zone } from './fake/state.ts';
import {
  createThrottle,
  NEW_THROTTLING,
  OLD_THROTTLING,
  type ThrottleScheme,
  withStatusPace,
} from './fake/throttle.ts';
import type { FakeHandler } from './fake/wire.ts';
import { addZone, bornWith } from './fake/zones-api.ts';

export type Route53FakeOptions = {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Uniform in [0, 1): weighted answers and nothing else draw from it. */
  readonly random: () => number;
  /** Who may sign; a list, or the directory shared with the STS fake. */
  readonly accounts: readonly AccountOptions[] | AwsAccounts;
  /** From acceptance to the name servers and INSYNC; a function is asked for every change. Default 0. */
  readonly propagationMs?: number | (() => number);
  /** How long a change keeps its zone busy for the next one. Default 0. */
  readonly processMs?: number;
  /** Default `new`, the scheme of 30 July 2026. */
  readonly throttling?: 'off' | 'old' | 'new' | ThrottleScheme;
  /** DELETE accepts a stale weight, as the service would if it did not compare it. Default false. */
  readonly deleteIgnoresWeight?: boolean;
  /** Weight 0 does not drain an alias, which goes on answering as if it weighed 1. Default false. */
  readonly zeroAliasAnswers?: boolean;
  /** Record sets a page when `maxitems` is missing. Default 100, to catch the client that forgets it. */
  readonly defaultPageSize?: number;
  /** What health checks see; whatever is left out is well. */
  readonly sources?: Partial<HealthSources>;
  /**
   * How long a second of a health check's interval lasts, in milliseconds; less than 1000 where the world lives faster than
   * life. The quota of GetHealthCheckStatus, which is counted by the second, keeps pace with it. Default 1000.
   */
  readonly checkSecondMs?: number;
  /** What aliases to other zones (load balancers) hold. Default: nothing. */
  readonly external?: AnswerContext['external'];
  /** Needed by `slow` faults only. */
  readonly sleep?: (ms: number) => Promise<void>;
  readonly nameServers?: readonly string[];
  readonly limits?: { readonly zones?: number; readonly healthChecks?: number; readonly recordSets?: number };
};

/** One zone as both planes see it. */
export type ZoneView = {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  /** What lists show, pending changes included. */
  readonly control: readonly RecordSet[];
  /** What the name servers answer from. */
  readonly data: readonly RecordSet[];
};

export type NewZone = {
  readonly accountId: string;
  readonly name: string;
  readonly records?: readonly RecordSet[];
  /** The service principal that owns the zone, e.g. `servicediscovery.amazonaws.com`. */
  readonly linkedService?: string;
  readonly acceleratedRecovery?: string;
};

export type Route53Fake = {
  readonly handle: FakeHandler;
  /** The name servers: by what has propagated, whether or not the control plane is up. */
  readonly answer: (question: { readonly name: string; readonly type: string }, client?: Client) => DnsAnswer;
  /** A zone with its records, propagated at once, made beside the protocol. Returns its id. */
  readonly createZone: (zone: NewZone) => string;
  readonly zones: () => readonly ZoneView[];
  readonly zone: (id: string) => ZoneView;
  /** Makes this zone the one that answers for its name, where several have it. */
  readonly delegate: (zoneId: string) => void;
  /**
   * A foreign writer: changes records beside the protocol, unvalidated, unthrottled and unlogged. They propagate like any
   * other change. `edit` gets a copy by key (name|type|identifier) to change in place.
   */
  readonly foreignEdit: (zoneId: string, edit: (records: Map<string, RecordSet>) => void) => void;
  readonly faults: { readonly add: (fault: Fault) => void; readonly clear: () => void };
  /** Takes the whole control plane away, in one way of being gone; `undefined` brings it back. Answers go on. */
  readonly setOutage: (outage: Outage | undefined) => void;
  /** Loses an accepted change that has not propagated: `NoSuchChange`, and the records are as before it. */
  readonly strand: (changeId: string) => void;
  /** A health check, made beside the protocol. Returns its id. */
  readonly createHealthCheck: (check: { readonly accountId: string; readonly config: HealthCheckConfig }) => string;
  readonly healthChecks: () => readonly HealthCheck[];
  /** What a check measures from now on, at once and whatever its endpoint says; `undefined`: its endpoint again. */
  readonly forceHealth: (healthCheckId: string, measured: boolean | undefined) => void;
  readonly isHealthy: (healthCheckId: string) => boolean;
  readonly log: Omit<RequestLog, 'add'>;
  readonly accounts: AwsAccounts;
};

const SCHEMES = { off: {}, old: OLD_THROTTLING, new: NEW_THROTTLING } as const;

const NAME_SERVERS = ['ns-1.awsdns.invalid', 'ns-2.awsdns.invalid', 'ns-3.awsdns.invalid', 'ns-4.awsdns.invalid'];

const rulesOf = (options: Route53FakeOptions): Rules => {
  const { propagationMs = 0 } = options;
  return {
    now: options.now,
    random: options.random,
    propagationMs: typeof propagationMs === 'number' ? () => propagationMs : propagationMs,
    processMs: options.processMs ?? 0,
    deleteIgnoresWeight: options.deleteIgnoresWeight ?? false,
    zeroAliasAnswers: options.zeroAliasAnswers ?? false,
    defaultPageSize: options.defaultPageSize ?? 100,
    maxZones: options.limits?.zones ?? 500,
    maxHealthChecks: options.limits?.healthChecks ?? 200,
    maxRecordSets: options.limits?.recordSets ?? 10_000,
    nameServers: options.nameServers ?? NAME_SERVERS,
    sources: { ...ALL_WELL, ...options.sources },
    secondMs: options.checkSecondMs ?? 1000,
    external: options.external ?? (() => undefined),
  };
};

const noWaiting = async (): Promise<void> => {};

/**
 * A Route 53 control plane and its name servers, in memory, as a function of bytes and a clock: no socket, no timer, no
 * randomness of its own. What it enforces is listed in this folder's README.
 */
export const createRoute53Fake = (options: Route53FakeOptions): Route53Fake => {
  const rules = rulesOf(options);
  const state = createState();
  const { throttling = 'new' } = options;
  const scheme = withStatusPace(typeof throttling === 'string' ? SCHEMES[throttling] : throttling, rules.secondMs);
  const accounts =
    'authenticate' in options.accounts ? options.accounts : createAwsAccounts(options.accounts, options.now);
  const faults = createFaults(options.sleep !== undefined);
  const log = createRequestLog();
  let outage: Outage | undefined;

  const known = (id: string): Zone => {
    const zone = state.zones.get(id);
    if (zone === undefined) throw new RangeError(`the fake has no zone ${id}`);
    advance(state, zone, rules.now());
    return zone;
  };
  const view = ({ id }: Zone): ZoneView => {
    const zone = known(id);
    return {
      id,
      accountId: zone.accountId,
      name: zone.name,
      control: [...zone.control.values()],
      data: [...(zone.data?.values() ?? [])],
    };
  };
  const knownCheck = (id: string): HealthCheck => {
    const check = state.healthChecks.get(id);
    if (check === undefined) throw new RangeError(`the fake has no health check ${id}`);
    return check;
  };
  const servingZone = (name: string): Zone | undefined => {
    for (let at: string | undefined = name; at !== undefined; at = parentOf(at)) {
      const id = state.delegations.get(at);
      if (id !== undefined) return known(id);
    }
    return undefined;
  };

  return {
    handle: createHandler({
      state,
      rules,
      accounts,
      throttle: createThrottle(scheme, rules.now),
      faults,
      log,
      outage: () => outage,
      sleep: options.sleep ?? noWaiting,
    }),
    answer: (question, client = {}) => {
      const name = normaliseName(question.name);
      const zone = servingZone(name);
      if (zone?.data === undefined) return { rcode: 'REFUSED', answers: [], authority: [] };
      const context = answerContext({ state, rules, at: rules.now() }, client);
      return answerFromZone({ id: zone.id, name: zone.name, records: zone.data }, name, question.type, context);
    },
    createZone: ({ accountId, name, records = [], linkedService, acceleratedRecovery }) => {
      const zone = addZone(state, {
        accountId,
        name: normaliseName(name),
        callerReference: `made-${state.serial}`,
        comment: undefined,
        isPrivate: false,
        linkedService,
      });
      zone.acceleratedRecovery = acceleratedRecovery ?? zone.acceleratedRecovery;
      const table = new Map(bornWith(zone.name, rules.nameServers));
      for (const record of records) {
        const set = { ...record, name: normaliseName(record.name) };
        table.set(keyOf(set), set);
      }
      zone.control = table;
      zone.data = table;
      return zone.id;
    },
    zones: () => [...state.zones.values()].map(view),
    zone: (id) => view(known(id)),
    delegate: (id) => state.delegations.set(known(id).name, id),
    foreignEdit: (id, edit) => {
      const zone = known(id);
      const records = new Map(zone.control);
      edit(records);
      accept(state, zone, records, {
        at: rules.now(),
        propagationMs: rules.propagationMs(),
        comment: undefined,
        strandsAt: undefined,
      });
    },
    faults: { add: faults.add, clear: faults.clear },
    setOutage: (wanted) => {
      outage = wanted;
    },
    strand: (id) => {
      const change = [...state.zones.values()]
        .flatMap((zone) => known(zone.id).pending)
        .find(({ changeId }) => changeId === id.replace('/change/', ''));
      if (change === undefined) throw new RangeError(`the change ${id} is not known, or has propagated already`);
      change.strandsAt = rules.now();
    },
    createHealthCheck: ({ accountId, config }) => {
      const callerReference = `made-${state.serial}`;
      return addHealthCheck(state, { accountId, callerReference, createdAt: rules.now(), config }).id;
    },
    healthChecks: () => [...state.healthChecks.values()],
    forceHealth: (id, measured) => {
      knownCheck(id).forced = measured;
    },
    isHealthy: (id) => isCheckHealthy(state, id, rules, rules.now()),
    log: { entries: log.entries, counts: log.counts, clear: log.clear },
    accounts,
  };
};
