import type { SetRef } from '../../src/domain/steering.ts';
import { emulatedReplace } from '../emulated.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import type { Landed, Propagation, SetChange, Steering, SteeringWrite } from '../steering.ts';
import type { GtmApi } from './api.ts';
import { STEERING } from './capabilities.ts';
import type { Property, Status } from './property.ts';
import { assertDrain, assertSteerable } from './refusals.ts';
import { propertyNameOf, propertyWith, setStateOf } from './translate.ts';

/** The vendor asks about a change by its domain, and a change's id does not name one. */
const changeText = (domain: string, { changeId }: Status): string => `${domain}:${changeId}`;

const changeOf = (text: string): { readonly domain: string; readonly changeId: string } | null => {
  const colon = text.lastIndexOf(':');
  return colon <= 0 ? null : { domain: text.slice(0, colon), changeId: text.slice(colon + 1) };
};

/** Throws `too-large` before anything is sent: one call changes one property, so that more would not land together. */
const onlyChange = ({ changes }: SteeringWrite): SetChange | undefined => {
  if (changes.length <= 1) return changes[0];
  throw new ProviderError('too-large', `one write changes one property at Akamai, not ${changes.length}`);
};

const isNotFound = (failure: unknown): boolean => failure instanceof ProviderError && failure.kind === 'not-found';

/**
 * What the domain's newest change says of an older one. While it is on its way, what it was made upon is not known to be
 * everywhere either. Afterwards nobody says any more how the older one ended: its sets are to be read and the servers asked.
 */
const progressOf = (domain: string, changeId: string, status: Status): Propagation => {
  if (status.propagationStatus === 'PENDING') return 'pending';
  if (status.changeId !== changeId) return 'unknown-change';
  if (status.propagationStatus === 'COMPLETE') return 'done';
  const why = status.message ?? 'no reason given';
  throw new ProviderError(
    'rejected',
    `Akamai took change ${changeId} and does not publish it, because domain ${domain} is not valid: ${why.slice(0, 200)}; mend the domain there`,
  );
};

const unnamed = (domain: string, cause: unknown): ProviderError =>
  new ProviderError('unknown-outcome', `domain ${domain} was written, but its change was not named`, { cause });

/** `Steering` over properties of GTM domains: read, compare, write, read back. */
export const akamaiSteering = (api: GtmApi): Steering => {
  /** None when the domain has no such property; throws `not-found` when there is no such domain. */
  const propertyOf = async ({ name, zone }: SetRef, signal: AbortSignal): Promise<Property | undefined> => {
    const property = propertyNameOf({ name, zone });
    try {
      if (property !== null) return await api.property(zone, property, signal);
    } catch (failure) {
      if (!isNotFound(failure)) throw failure;
    }
    await api.status(zone, signal);
    return undefined;
  };

  /** A property alone is a short answer; several of one domain come with the domain, in one call. */
  const propertiesOf = async (zone: string, refs: readonly SetRef[], signal: AbortSignal) => {
    const [first, ...others] = refs;
    if (first !== undefined && others.length === 0) return [await propertyOf(first, signal)];
    const byName = new Map(
      (await api.properties(zone, signal)).map((property) => [property.name.toLowerCase(), property]),
    );
    return refs.map((ref) => byName.get(propertyNameOf(ref) ?? ''));
  };

  /** The write is out when this is asked: not to be told means that its outcome is unknown. */
  const newestChange = async (domain: string, signal: AbortSignal): Promise<Status> => {
    try {
      return await api.status(domain, signal);
    } catch (cause) {
      throw unnamed(domain, cause);
    }
  };

  const change = async (wanted: SetChange, comment: string, signal: AbortSignal): Promise<Omit<Landed, 'fence'>> => {
    assertDrain(wanted);
    const left = assertSafeChange(wanted, STEERING.weight);
    const { ref } = wanted;
    const seen: Property[] = [];
    const made: Status[] = [];
    await emulatedReplace({
      changes: [wanted],
      left: [left],
      read: async () => {
        const live = await propertyOf(ref, signal);
        if (live !== undefined) seen.push(live);
        return [setStateOf(ref, live)];
      },
      write: async () => {
        const [before] = seen;
        if (before === undefined) throw new ProviderError('conflict', `property ${ref.name} is gone; read it again`);
        assertSteerable(ref, before, left);
        const status = await api.put(ref.zone, propertyWith(before, left), comment, signal);
        made.push(status ?? (await newestChange(ref.zone, signal)));
      },
    });
    const [status] = made;
    return { change: status === undefined ? null : changeText(ref.zone, status), sets: [left] };
  };

  const statusOf = async (domain: string, signal: AbortSignal): Promise<Status | null> => {
    try {
      return await api.status(domain, signal);
    } catch (failure) {
      if (isNotFound(failure)) return null;
      throw failure;
    }
  };

  return {
    capabilities: STEERING,

    async read(refs, signal) {
      const readings = [];
      for (const [zone, its] of Map.groupBy(refs, (ref) => ref.zone)) {
        const properties = await propertiesOf(zone, its, signal);
        readings.push({ zone, fence: null, sets: its.map((ref, index) => setStateOf(ref, properties[index])) });
      }
      return readings;
    },

    async replace(write, signal): Promise<Landed> {
      const wanted = onlyChange(write);
      const fence = write.fence.leaves;
      if (wanted === undefined) return { change: null, sets: [], fence };
      return { ...(await change(wanted, write.comment, signal)), fence };
    },

    async propagation(changes, signal) {
      const told = new Map<string, Propagation>(changes.map((text) => [text, 'unknown-change']));
      const known = changes.flatMap((text) => {
        const parts = changeOf(text);
        return parts === null ? [] : [{ text, ...parts }];
      });
      for (const [domain, its] of Map.groupBy(known, (one) => one.domain)) {
        const status = await statusOf(domain, signal);
        if (status === null) continue;
        for (const { text, changeId } of its) told.set(text, progressOf(domain, changeId, status));
      }
      return told;
    },
  };
};
