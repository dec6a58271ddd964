import { sameRecords } from '../../src/domain/set-state.ts';
import type { Fence, SetRef } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import type { ProvenOnAccount } from '../proven.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Landed, Steering, SteeringWrite, ZoneReading } from '../steering.ts';
import type { HostedZone, Route53Api } from './api.ts';
import { type Batch, batchOf } from './batch.ts';
import { capabilitiesOf } from './capabilities.ts';
import { groupStateOf } from './groups.ts';
import { fenceOf, markerName } from './marker.ts';
import { keyText, plainZoneId } from './names.ts';
import { scanZone } from './scan.ts';
import { setStateOf } from './translate.ts';
import type { ZoneDirectory } from './zones.ts';

export interface Route53SteeringDeps {
  readonly api: Route53Api;
  readonly zones: ZoneDirectory;
  readonly proven: ProvenOnAccount;
}

/** More zones at once would only queue for tokens. */
const MOST_ZONES_AT_ONCE = 4;

const isSameFence = (a: Fence | null, b: Fence | null): boolean => a?.store === b?.store && a?.epoch === b?.epoch;

const unverified = (zone: HostedZone, cause: unknown): ProviderError =>
  new ProviderError('unknown-outcome', `zone ${zone.id} was written, but could not be read back; read it again`, {
    cause,
  });

const grouped = (refs: readonly SetRef[]): ReadonlyMap<string, readonly SetRef[]> =>
  Map.groupBy(refs, ({ zone }) => plainZoneId(zone));

const assertUnlinked = (zone: HostedZone): void => {
  if (zone.linkedService === null) return;
  const message = `zone ${zone.id} (${zone.name}) belongs to ${zone.linkedService}; its records are changed there, not by steer`;
  throw new ProviderError('rejected', message);
};

/** `Steering` over Route 53: DELETE of the exact old and CREATE of the new for every member, with a marker in every batch. */
export const route53Steering = ({ api, zones, proven }: Route53SteeringDeps): Steering => {
  const capabilities = capabilitiesOf(proven);

  const readZone = async (zone: HostedZone, refs: readonly SetRef[], signal: AbortSignal): Promise<ZoneReading> => {
    const marker = { name: markerName(zone.name), type: 'TXT' };
    const found = await scanZone([marker, ...refs], (start) => api.listRecords(zone.id, start, signal));
    return {
      // As the caller calls it, prefix and all: it will look for its own word.
      zone: refs[0]?.zone ?? zone.id,
      fence: fenceOf(found.get(keyText(marker)) ?? []),
      sets: refs.map((ref) => {
        const records = found.get(keyText(ref)) ?? [];
        return ref.group === undefined ? setStateOf(ref, records) : groupStateOf(ref, ref.group, records);
      }),
    };
  };

  const zoneOf = async (id: string, signal: AbortSignal): Promise<HostedZone> => {
    const [zone] = await zones.zones([plainZoneId(id)], signal);
    if (zone === undefined) throw new ProviderError('not-found', `this account has no hosted zone ${id}`);
    return zone;
  };

  /** For an account whose DELETE is not known to compare: what the vendor may not do, we do, a moment too early. */
  const assertAsExpected = async (write: SteeringWrite, zone: HostedZone, signal: AbortSignal): Promise<void> => {
    const refs = write.changes.map(({ ref }) => ref);
    const live = await readZone(zone, refs, signal);
    const stale = write.changes.find(({ expects }, index) => {
      const held = live.sets[index];
      return held === undefined || !sameRecords(held, expects);
    });
    if (stale !== undefined) {
      throw new ProviderError('conflict', `${stale.ref.name} ${stale.ref.type} is not as expected; read it again`);
    }
    if (!isSameFence(live.fence, write.fence.expects)) {
      throw new ProviderError('conflict', `the marker of zone ${zone.id} is not as expected; read it again`);
    }
  };

  /** Reads back what was written. Once the write is out, a failure to look means that its outcome is unknown. */
  const assertLanded = async (write: SteeringWrite, batch: Batch, zone: HostedZone, signal: AbortSignal) => {
    const changes = write.changes.map((change, index) => ({ ...change, expects: batch.left[index] ?? change.expects }));
    const fence = { expects: write.fence.leaves, leaves: write.fence.leaves };
    try {
      await assertAsExpected({ ...write, changes, fence }, zone, signal);
    } catch (cause) {
      if (cause instanceof ProviderError && cause.kind === 'conflict') throw cause;
      throw unverified(zone, cause);
    }
  };

  return {
    capabilities,

    async read(refs, signal) {
      const byZone = [...grouped(refs)];
      const known = await zones.zones(
        byZone.map(([id]) => id),
        signal,
      );
      const work = byZone.flatMap(([, its], index) => {
        const zone = known[index];
        return zone === undefined ? [] : [{ zone, its }];
      });
      const width = Math.min(MOST_ZONES_AT_ONCE, api.parallel());
      return sideBySide(work, width, ({ zone, its }) => readZone(zone, its, signal));
    },

    async replace(write, signal): Promise<Landed> {
      const zone = await zoneOf(write.zone, signal);
      assertUnlinked(zone);
      const batch = batchOf(write, zone.name, { zeroOnAlias: proven.zeroOnAlias });
      if (!proven.conditionalWrite) await assertAsExpected(write, zone, signal);
      const change = await api.change(zone.id, batch.changes, write.comment, signal);
      if (!proven.conditionalWrite) await assertLanded(write, batch, zone, signal);
      return { change, sets: batch.left, fence: write.fence.leaves };
    },

    async propagation(changes, signal) {
      const width = Math.min(MOST_ZONES_AT_ONCE, api.parallel());
      const states = await sideBySide([...new Set(changes)], width, async (change) => {
        return [change, await api.propagation(change, signal)] as const;
      });
      return new Map(states);
    },
  };
};
