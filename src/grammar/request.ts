import type { RegionId, RunId, ServiceId } from '../domain/ids.ts';
import type { MoveRequest } from '../domain/plan.ts';

/** Every name that may be typed. Names of regions and services are exact; nothing is corrected by itself. */
export interface Known {
  readonly regions: readonly RegionId[];
  readonly services: readonly {
    readonly service: ServiceId;
    readonly tier: number;
    readonly labels: readonly string[];
  }[];
  /** Null while the runs cannot be read: `hold` must still be understood then. */
  readonly runs: readonly RunId[] | null;
}

export type ReportFormat = 'markdown' | 'json' | 'html';

/** What was asked, typed. Optional runs are null: the operation then takes the only one that qualifies (`hold`: all). */
export type Request =
  | { readonly verb: 'plan' | 'propose'; readonly move: MoveRequest }
  | { readonly verb: 'status'; readonly run: RunId | null; readonly region: RegionId | null }
  | { readonly verb: 'show'; readonly run: RunId }
  | { readonly verb: 'report'; readonly run: RunId; readonly format: ReportFormat }
  | { readonly verb: 'history'; readonly region: RegionId | null; readonly limit: number }
  | { readonly verb: 'approve'; readonly run: RunId; readonly digest: string | null; readonly solo: boolean }
  | { readonly verb: 'deny'; readonly run: RunId; readonly because: string | null }
  | { readonly verb: 'hold'; readonly run: RunId | null; readonly because: string | null }
  | { readonly verb: 'resume' | 'stop' | 'rollback'; readonly run: RunId | null; readonly because: string | null }
  | { readonly verb: 'freeze'; readonly because: string; readonly forMs: number | null }
  | { readonly verb: 'unfreeze'; readonly because: string }
  | { readonly verb: 'drill'; readonly words: readonly string[] }
  | { readonly verb: 'whoami' }
  | { readonly verb: 'help'; readonly about: string | null };

/** Options that only a terminal has. */
export interface TerminalFlags {
  readonly json: boolean;
  readonly yes: boolean;
  readonly watch: boolean;
  /** Who proves himself by a one-time code at this terminal. */
  readonly codeOf: string | null;
}

export type Door = 'terminal' | 'chat';

export type Parsed =
  | {
      readonly ok: true;
      readonly request: Request;
      readonly flags: TerminalFlags;
      /** Set when a synonym was typed whose meaning the person should see, e.g. `abort`. */
      readonly remark: string | null;
    }
  /** Everything that is wrong, in sentences, at once. Nothing was done. */
  | {
      readonly ok: false;
      readonly verb: string | null;
      readonly problems: readonly string[];
      readonly flags: TerminalFlags;
    };
