import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  ListGeoLocationsCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { z } from 'zod';
import type { Clock } from '../../src/ports/clock.ts';
import type { CallObserver } from '../calls.ts';
import { ProviderError } from '../errors.ts';
import type { RateLimiter } from '../rate-limit.ts';
import type { CallPolicy } from '../resilience.ts';
import type { Propagation } from '../steering.ts';
import {
  CHANGE_ANSWER,
  NAMED_ZONES_ANSWER,
  nextNamedOf,
  nextOf,
  PLACE,
  PLACES_ANSWER,
  placeOf,
  RECORDS_ANSWER,
  ZONE_ANSWER,
  ZONES_ANSWER,
  zoneOf,
} from './answers.ts';
import type { RecordChange } from './batch.ts';
import { type Effect, failureOf, isNamed } from './failures.ts';
import { plainChangeId } from './names.ts';
import type { GeoLocation } from './places.ts';
import { RECORD_SET } from './record.ts';
import type { PageStart, RecordPage } from './scan.ts';

/** One hosted zone. `name` ends with a dot. `linkedService` names the AWS service that owns the zone, null where none does. */
export interface HostedZone {
  readonly id: string;
  readonly name: string;
  readonly linkedService: string | null;
}

/** Where a list of records begins: at the very first one where the name is null. */
export type ListStart = PageStart | { readonly name: string | null; readonly type: null; readonly identifier: null };

/** Where a page of zones sorted by name begins. */
export interface NamedStart {
  readonly name: string;
  readonly id: string | null;
}

/** The calls that steer makes, typed, limited, repeated where that is safe, and with every failure in our own words. */
export interface Route53Api {
  listZones(marker: string | null, signal: AbortSignal): Promise<{ zones: readonly HostedZone[]; next: string | null }>;
  /** Zones from this name on, in the vendor's order of names. */
  listZonesFrom(
    start: NamedStart,
    signal: AbortSignal,
  ): Promise<{ zones: readonly HostedZone[]; next: NamedStart | null }>;
  /** Throws `not-found`. */
  zone(id: string, signal: AbortSignal): Promise<HostedZone>;
  /** `reference` makes one request of several that are sent: with one that was used before nothing is made. */
  createZone(name: string, reference: string, signal: AbortSignal): Promise<HostedZone>;
  /** Throws `rejected` while it has records of its own, `not-found` when it is gone. */
  deleteZone(id: string, signal: AbortSignal): Promise<void>;
  listRecords(zone: string, start: ListStart, signal: AbortSignal): Promise<RecordPage>;
  /** Places that records may be for; `start` is the `next` of the page before. */
  listPlaces(
    start: GeoLocation,
    signal: AbortSignal,
  ): Promise<{ places: readonly GeoLocation[]; next: GeoLocation | null }>;
  /** The id to ask `propagation` about. A change that may have been applied is `unknown-outcome` and was sent once. */
  change(zone: string, changes: readonly RecordChange[], comment: string, signal: AbortSignal): Promise<string>;
  propagation(change: string, signal: AbortSignal): Promise<Propagation>;
  /** How many of these calls may run side by side within the request budget. */
  parallel(): number;
}

export interface ApiDeps {
  /** Asked for every call, so that credentials and endpoint can change meanwhile. */
  readonly client: () => Pick<Route53Client, 'send'>;
  readonly policy: CallPolicy;
  readonly limiter: RateLimiter;
  readonly clock: Pick<Clock, 'now'>;
  readonly observe: CallObserver;
}

/** Left out, pages may hold 100 (measured by the authors of external-dns); more than 300 is capped. */
const PAGE_RECORDS = 300;
const PAGE_ZONES = 100;
const PAGE_PLACES = 100;

interface Call<T> {
  readonly action: string;
  readonly zone: string | null;
  readonly effect: Effect;
  readonly send: (signal: AbortSignal) => Promise<unknown>;
  readonly answer: z.ZodType<T>;
}

export const createApi = ({ client, policy, limiter, clock, observe }: ApiDeps): Route53Api => {
  const sent = async <T>(call: Call<T>, signal: AbortSignal): Promise<T> => {
    const what = `Route 53 ${call.action}${call.zone === null ? '' : ` in zone ${call.zone}`}`;
    const started = clock.now();
    const report = (outcome: 'ok' | ProviderError['kind']): void =>
      observe({ vendor: 'route53', action: call.action, zone: call.zone, outcome, tookMs: clock.now() - started });
    try {
      const answer = call.answer.safeParse(await call.send(signal));
      if (!answer.success) {
        const kind = call.effect === 'write' ? 'unknown-outcome' : 'unreadable';
        throw new ProviderError(kind, `${what}: the answer is not one of Route 53`, { cause: answer.error });
      }
      report('ok');
      return answer.data;
    } catch (cause) {
      const failure = failureOf(cause, what, call.effect);
      if (failure.kind === 'throttled') limiter.throttled(call.action);
      report(failure.kind);
      throw failure;
    }
  };

  /** The token is taken per attempt, outside of `sent`: an abort while waiting for it is no vendor failure. */
  const run = <T>(call: Call<T>, signal: AbortSignal): Promise<T> => {
    const attempt = async (within: AbortSignal): Promise<T> => {
      await limiter.take(call.action, within);
      return sent(call, within);
    };
    return call.effect === 'write' ? policy.write(attempt, signal) : policy.read(attempt, signal);
  };

  return {
    async listZones(marker, signal) {
      const command = new ListHostedZonesCommand({
        MaxItems: PAGE_ZONES,
        ...(marker === null ? {} : { Marker: marker }),
      });
      const send = (abortSignal: AbortSignal) => client().send(command, { abortSignal });
      const page = await run(
        { action: 'ListHostedZones', zone: null, effect: 'read', send, answer: ZONES_ANSWER },
        signal,
      );
      return { zones: page.HostedZones.map(zoneOf), next: page.IsTruncated ? (page.NextMarker ?? null) : null };
    },

    async listZonesFrom(start, signal) {
      const command = new ListHostedZonesByNameCommand({
        MaxItems: PAGE_ZONES,
        DNSName: start.name,
        ...(start.id === null ? {} : { HostedZoneId: start.id }),
      });
      const send = (abortSignal: AbortSignal) => client().send(command, { abortSignal });
      const action = 'ListHostedZonesByName';
      const page = await run({ action, zone: null, effect: 'read', send, answer: NAMED_ZONES_ANSWER }, signal);
      return { zones: page.HostedZones.map(zoneOf), next: nextNamedOf(page) };
    },

    async createZone(name, reference, signal) {
      const command = new CreateHostedZoneCommand({ Name: name, CallerReference: reference });
      const send = (abortSignal: AbortSignal) => client().send(command, { abortSignal });
      const action = 'CreateHostedZone';
      const answer = await run({ action, zone: null, effect: 'write', send, answer: ZONE_ANSWER }, signal);
      return zoneOf(answer.HostedZone);
    },

    async deleteZone(id, signal) {
      const command = new DeleteHostedZoneCommand({ Id: id });
      const send = (abortSignal: AbortSignal) => client().send(command, { abortSignal });
      await run({ action: 'DeleteHostedZone', zone: id, effect: 'write', send, answer: CHANGE_ANSWER }, signal);
    },

    async listPlaces(start, signal) {
      const command = new ListGeoLocationsCommand({
        MaxItems: PAGE_PLACES,
        ...(start.ContinentCode === undefined ? {} : { StartContinentCode: start.ContinentCode }),
        ...(start.CountryCode === undefined ? {} : { StartCountryCode: start.CountryCode }),
        ...(start.SubdivisionCode === undefined ? {} : { StartSubdivisionCode: start.SubdivisionCode }),
      });
      const send = (abortSignal: AbortSignal) => client().send(command, { abortSignal });
      const action = 'ListGeoLocations';
      const page = await run({ action, zone: null, effect: 'read', send, answer: PLACES_ANSWER }, signal);
      const { NextContinentCode, NextCountryCode, NextSubdivisionCode } = page;
      const next = PLACE.parse({
        ContinentCode: NextContinentCode,
        CountryCode: NextCountryCode,
        SubdivisionCode: NextSubdivisionCode,
      });
      return { places: page.GeoLocationDetailsList.map(placeOf), next: page.IsTruncated ? placeOf(next) : null };
    },

    async zone(id, signal) {
      const command = new GetHostedZoneCommand({ Id: id });
      const send = (abortSignal: AbortSignal) => client().send(command, { abortSignal });
      const answer = await run(
        { action: 'GetHostedZone', zone: id, effect: 'read', send, answer: ZONE_ANSWER },
        signal,
      );
      return zoneOf(answer.HostedZone);
    },

    async listRecords(zone, start, signal) {
      const command = new ListResourceRecordSetsCommand({
        HostedZoneId: zone,
        MaxItems: PAGE_RECORDS,
        ...(start.name === null ? {} : { StartRecordName: start.name }),
        ...(start.type === null ? {} : { StartRecordType: RECORD_SET.shape.Type.parse(start.type) }),
        ...(start.identifier === null ? {} : { StartRecordIdentifier: start.identifier }),
      });
      const send = (abortSignal: AbortSignal) => client().send(command, { abortSignal });
      const action = 'ListResourceRecordSets';
      const page = await run({ action, zone, effect: 'read', send, answer: RECORDS_ANSWER }, signal);
      return { records: page.ResourceRecordSets, next: nextOf(page) };
    },

    async change(zone, changes, comment, signal) {
      const command = new ChangeResourceRecordSetsCommand({
        HostedZoneId: zone,
        ChangeBatch: { Changes: [...changes], Comment: comment },
      });
      const send = (abortSignal: AbortSignal) => client().send(command, { abortSignal });
      const action = 'ChangeResourceRecordSets';
      const answer = await run({ action, zone, effect: 'write', send, answer: CHANGE_ANSWER }, signal);
      return plainChangeId(answer.ChangeInfo.Id);
    },

    async propagation(change, signal) {
      const command = new GetChangeCommand({ Id: plainChangeId(change) });
      /** A change that nobody knows is an answer: it was stranded, or the id is wrong. */
      const send = async (abortSignal: AbortSignal): Promise<unknown> => {
        try {
          return await client().send(command, { abortSignal });
        } catch (cause) {
          if (isNamed(cause, 'NoSuchChange')) return null;
          throw cause;
        }
      };
      const answer = CHANGE_ANSWER.nullable();
      const known = await run({ action: 'GetChange', zone: null, effect: 'read', send, answer }, signal);
      if (known === null) return 'unknown-change';
      return known.ChangeInfo.Status === 'INSYNC' ? 'done' : 'pending';
    },

    parallel: limiter.parallel,
  };
};
