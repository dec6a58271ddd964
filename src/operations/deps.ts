import type { Records } from '../../providers/records.ts';
import type { Presented } from '../access/standing.ts';
import type { HmacSha1 } from '../access/totp.ts';
import type { Config, SecretSource } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import type { ProviderId } from '../domain/ids.ts';
import type { ManyQuestions, ServerSeen } from '../domain/seen-answers.ts';
import type { SetRef, SetState, SteeringCapabilities } from '../domain/steering.ts';
import type { Question } from '../facts/gather.ts';
import type { Proposal } from '../planner/propose.ts';
import type { ProposeInput } from '../planner/request.ts';
import type { Hash, IdSource } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal, StoredEvent } from '../ports/journal.ts';
import type { Lease } from '../ports/lease.ts';
import type { FleetView } from '../run/fleet.ts';
import type { Archive } from '../store/store.ts';

/** What operations need to know about configs; the arithmetic of weakening is the config room's. */
export interface ConfigRules {
  /** The frozen config that a text means, or one sentence for each thing that is wrong with it. */
  parse(
    text: string,
    name: string,
  ): { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly string[] };
  /** What differs, in sentences, and which of it weakens a guard (design rule 8). */
  compare(
    inForce: Config,
    proposed: Config,
  ): { readonly changes: readonly string[]; readonly weakens: readonly string[] };
  /** A config as an event keeps it. Throws when this version of steer cannot read it. */
  fromStored(stored: unknown): Config;
}

export interface ConfigFile {
  readonly name: string;
  readonly text: string;
}

/** One account of the config in force, as zones and records. */
export interface RecordAccount {
  readonly provider: ProviderId;
  readonly vendor: string;
  /** Null where the vendor has no records that could be read or written. */
  readonly records: Records | null;
}

export interface RecordAccounts {
  readonly accounts: readonly RecordAccount[];
  /** Accounts that could not be opened, in a sentence each. */
  readonly problems: readonly string[];
}

/** Name servers, and what those of a steered name should say. */
export interface NameServers {
  /** `host:port` each: those that the config names for the account, else those that DNS names for the zone. */
  servers(provider: ProviderId | null, name: string): Promise<readonly string[]>;
  /** Asks each of them directly, never a cache. Never throws: what does not answer is told. */
  ask(questions: ManyQuestions, signal: AbortSignal): Promise<readonly ServerSeen[]>;
  /** A steering set as its account holds it now. Throws a `ProviderError`. */
  steered(
    ref: SetRef,
    signal: AbortSignal,
  ): Promise<{ readonly state: SetState; readonly granularity: SteeringCapabilities['granularity'] }>;
}

/** Everything an operation may use, as narrow as it is. Compose fills it in; a test fills in what it needs. */
export interface Deps {
  readonly journal: Journal;
  /** Everything the journal says at the moment of the call; nobody else changes what is given out. */
  readonly fleet: () => Promise<FleetView>;
  readonly archive: Pick<Archive, 'rows' | 'ends'>;
  readonly lease: Pick<Lease, 'holder'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly hash: Hash;
  readonly hmac: HmacSha1;
  readonly config: ConfigRules;
  /** Reads the config file. Throws when it cannot. */
  readonly readConfigFile: () => Promise<ConfigFile>;
  /** Null when the variable or file is not there. Its answer is never printed and never stored. */
  readonly readSecret: (source: SecretSource) => Promise<string | null>;
  readonly gather: (question: Question) => Promise<Facts>;
  /** The accounts of the config in force; none while no config is. */
  readonly records: () => Promise<RecordAccounts>;
  readonly answers: NameServers;
  readonly propose: (input: ProposeInput) => Proposal;
  readonly report: (events: readonly StoredEvent[], format: 'markdown' | 'json' | 'html') => Promise<string>;
}

/** Who asks, as the front door found it: an identity, never a name that was typed. */
export interface Asker {
  readonly presented: Presented;
  /** For the record: `cli`, `slack`, `http`, `sandbox`. */
  readonly door: string;
  /** A one-time code typed at this terminal, and whose it is said to be. */
  readonly proof: { readonly person: string; readonly code: string } | null;
}
