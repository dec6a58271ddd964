import type { SetRef, SetState } from '../../src/domain/steering.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { DnsExchange } from '../dns-exchange.ts';
import { emulatedReplace } from '../emulated.ts';
import { ProviderError } from '../errors.ts';
import type { CallPolicy } from '../resilience.ts';
import { assertSafeChange } from '../set-change.ts';
import type { Landed, Propagation, Steering, SteeringWrite, ZoneReading } from '../steering.ts';
import { GDNSD_CAPABILITIES, type GdnsdSettings, SETTLES_AFTER_MS } from './about.ts';
import { commit, recover } from './commit.ts';
import type { GdnsdHost } from './host.ts';
import { changeId, changeOf, isAnswered, isTakenOver, stanzasFor } from './propagation.ts';
import { type NameRef, pathsOf, type Snapshot, takeSnapshot } from './snapshot.ts';
import { readStates, type States } from './states.ts';
import { setStateOf } from './translate.ts';
import { planWrite } from './write-plan.ts';

export interface GdnsdSteeringDeps {
  readonly host: GdnsdHost;
  readonly settings: GdnsdSettings;
  readonly clock: Clock;
  readonly policy: CallPolicy;
  readonly dns: DnsExchange;
  /** `host:port`; empty for where gdnsd's own config says that it listens. */
  readonly nameServers: readonly string[];
}

const assertSmall = (write: SteeringWrite): void => {
  const { elements, characters } = GDNSD_CAPABILITIES.batch;
  const members = write.changes.flatMap(({ expects }) => expects.members);
  const asked = members.reduce(
    (sum, { cost }) => ({ elements: sum.elements + cost.elements, characters: sum.characters + cost.characters }),
    { elements: 0, characters: 0 },
  );
  if (asked.elements <= elements && asked.characters <= characters) return;
  throw new ProviderError(
    'too-large',
    `gdnsd: ${asked.elements} members in one write; at most ${elements} of ${characters} characters are taken`,
  );
};

/** One gdnsd on this machine. Its files are the truth; `providers/gdnsd/README.md` says what it does with them. */
export const gdnsdSteering = (deps: GdnsdSteeringDeps): Steering => {
  const { host, settings, clock, policy, dns } = deps;
  const paths = pathsOf(settings);

  const snapshotOf = (refs: readonly NameRef[], signal: AbortSignal): Promise<Snapshot> =>
    takeSnapshot(host, settings, refs, signal);

  /** A write that was broken off is ended before anything is read, so that nobody sees half of it. */
  const settled = async (signal: AbortSignal): Promise<void> => {
    if ((await host.read(paths.pending, signal)) === null) return;
    await host.exclusively(() => recover(host, paths, signal), signal);
  };

  const statesIn = (refs: readonly SetRef[], snapshot: Snapshot): readonly SetState[] =>
    refs.map((ref) => setStateOf(ref, snapshot.answering));

  const carryOut = async (write: SteeringWrite, left: readonly SetState[], signal: AbortSignal): Promise<void> => {
    const refs = write.changes.map(({ ref }) => ref);
    await recover(host, paths, signal);
    let seen = await snapshotOf(refs, signal);
    await emulatedReplace({
      changes: write.changes,
      left,
      read: async () => {
        seen = await snapshotOf(refs, signal);
        return statesIn(refs, seen);
      },
      write: async () => {
        const states = await readStates(host, signal);
        await commit(host, planWrite(write.changes, seen, new Set(states.keys())), paths, signal);
      },
    });
  };

  const howFar = async (id: string, states: States, signal: AbortSignal): Promise<Propagation> => {
    const change = changeOf(id);
    if (change === null) return 'unknown-change';
    const snapshot = await snapshotOf(change.sets, signal);
    const age = clock.now() - change.at;
    // A clock that was set back says nothing about the age.
    const isYoung = age >= 0 && age < SETTLES_AFTER_MS;
    if (isYoung || !isTakenOver(stanzasFor(change, snapshot), snapshot, states)) return 'pending';
    const servers = deps.nameServers.length > 0 ? deps.nameServers : snapshot.servers;
    return (await isAnswered(change, snapshot, servers, dns, signal)) ? 'done' : 'pending';
  };

  return {
    capabilities: GDNSD_CAPABILITIES,

    read: (refs, outer) =>
      policy.read(async (signal): Promise<readonly ZoneReading[]> => {
        await settled(signal);
        const snapshot = await snapshotOf(refs, signal);
        return [...new Set(refs.map(({ zone }) => zone))].map((zone) => ({
          zone,
          fence: null,
          sets: statesIn(
            refs.filter((ref) => ref.zone === zone),
            snapshot,
          ),
        }));
      }, outer),

    async replace(write, outer): Promise<Landed> {
      const left = write.changes.map((change) => assertSafeChange(change, GDNSD_CAPABILITIES.weight));
      assertSmall(write);
      if (write.changes.length === 0) return { change: null, sets: [], fence: write.fence.leaves };
      await policy.write((signal) => host.exclusively(() => carryOut(write, left, signal), signal), outer);
      const refs = write.changes.map(({ ref }) => ref);
      return { change: changeId(clock.now(), refs), sets: left, fence: write.fence.leaves };
    },

    propagation: (changes, outer) =>
      policy.read(async (signal) => {
        const states = changes.some((id) => changeOf(id) !== null) ? await readStates(host, signal) : new Map();
        const told = new Map<string, Propagation>();
        for (const id of changes) told.set(id, await howFar(id, states, signal));
        return told;
      }, outer),
  };
};
