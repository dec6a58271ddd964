import { z } from 'zod';
import { MODES } from '../domain/config.ts';
import { regionId, runId, serviceId } from '../domain/ids.ts';
import { OBJECTION_CODES } from '../domain/objections.ts';
import type { MoveRequest } from '../domain/plan.ts';

/** Slack hands back what a button or a modal was given; what does not read as ours is not acted upon. */
const minted = <T>(mint: (text: string) => T) =>
  z.string().transform((text, context): T => {
    try {
      return mint(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'no such name' });
      return z.NEVER;
    }
  });

const RUN_VALUE = z.strictObject({ run: minted(runId), rev: z.int().min(0), digest: z.string().max(64) });

/** Which run a button belongs to, the revision that it showed, and the digest of its plan. */
export type RunValue = z.infer<typeof RUN_VALUE>;

const MOVE = z.strictObject({
  verb: z.enum(['evacuate', 'shift', 'restore']),
  mode: z.enum(MODES),
  region: minted(regionId).nullable(),
  services: z.array(minted(serviceId)),
  to: z.array(minted(regionId)),
  share: z.int().min(1).max(10_000).nullable(),
  because: z.string().max(2000),
  stayMs: z.number().min(0).nullable(),
  overrides: z.array(
    z.strictObject({ code: z.enum(OBJECTION_CODES), because: z.string().max(2000), names: z.array(z.string()) }),
  ),
}) satisfies z.ZodType<MoveRequest>;

const START_VALUE = z.strictObject({ m: MOVE, e: z.string().max(200) });

/** The move that a plan was shown for, and what was decided on in it. */
export interface StartValue {
  readonly m: MoveRequest;
  readonly e: string;
}

const METADATA = z.strictObject({ m: MOVE, e: z.string().max(200), c: z.string().max(40).nullable() });

/** What a confirming modal carries through Slack: the move, what was decided on, and the channel it was opened from. */
export interface ConfirmMetadata extends StartValue {
  readonly c: string | null;
}

const CODE_METADATA = RUN_VALUE.extend({ c: z.string().max(40).nullable() });

/** What the modal for a one-time code carries: the run, and the channel it was opened from. */
export type CodeMetadata = z.infer<typeof CODE_METADATA>;

const READ = { run: RUN_VALUE, start: START_VALUE, metadata: METADATA, code: CODE_METADATA } as const;

const read = <K extends keyof typeof READ>(kind: K, text: string): z.infer<(typeof READ)[K]> | null => {
  try {
    const result = READ[kind].safeParse(JSON.parse(text));
    return result.success ? (result.data as z.infer<(typeof READ)[K]>) : null;
  } catch {
    return null;
  }
};

export const readRunValue = (text: string): RunValue | null => read('run', text);
export const readStartValue = (text: string): StartValue | null => read('start', text);
export const readMetadata = (text: string): ConfirmMetadata | null => read('metadata', text);

export const readCodeMetadata = (text: string): CodeMetadata | null => read('code', text);

export const metadataText = (metadata: ConfirmMetadata): string => JSON.stringify(metadata);
