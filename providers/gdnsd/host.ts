/** What one run of `gdnsdctl` said. */
export interface ControlAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The machine that gdnsd runs on, as far as steer touches it. Rejects with a `ProviderError`, or with the error of the system
 * (`code` as Node has it).
 */
export interface GdnsdHost {
  /** The text of a file; null where there is none. */
  read(path: string, signal: AbortSignal): Promise<string | null>;
  /** Names in a directory, sorted; null where it is none. */
  list(path: string, signal: AbortSignal): Promise<readonly string[] | null>;
  /** Replaces a file as a whole or not at all, durably; null takes it away. Keeps its mode and owner. */
  writeAtomically(path: string, text: string | null, signal: AbortSignal): Promise<void>;
  /** Runs `gdnsdctl`: `states` tells what is forced and monitored, `replace` makes gdnsd load its config anew. */
  control(action: 'states' | 'replace', signal: AbortSignal): Promise<ControlAnswer>;
  /** Runs `work` while no other steer on this machine does. Throws `busy` while one does. */
  exclusively<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}
