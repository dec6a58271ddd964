import { z } from 'zod';
import { type RunId, runId } from '../../domain/ids.ts';

const run = z.string().transform((text, context): RunId => {
  try {
    return runId(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no such run' });
    return z.NEVER;
  }
});
const by = z.string();
const version = z.int().min(0);

/** What a message of a run is. `post` is a thread reply about the event of that version. */
const WHAT = z.enum(['live', 'approval', 'post', 'reminder', 'picture', 'asked-picture']);
export type What = z.infer<typeof WHAT>;

/** Facts of the bot's own memory; other types in the stream, such as the deliveries that were seen, are others' business. */
export const SCHEMAS = {
  /** The first time that anybody kept live messages in this store: what ended before is nobody's news. */
  'slack.began': z.object({ by }),
  /** One process posts and edits, the others stand by. Every other event of that process says so too. */
  'slack.keeping': z.object({ by }),
  /** It stops on purpose: another one may go on at once. */
  'slack.left': z.object({ by }),
  /** Written before a message is posted; what was posted after a crash in between is posted again. */
  'slack.posting': z.object({ by, run, what: WHAT, version }),
  'slack.posted': z.object({ by, run, what: WHAT, version, channel: z.string(), ts: z.string() }),
  /** `approval`: the request shows what was decided. `end`: everything about the run has been said. */
  'slack.told': z.object({ by, run, version, what: z.enum(['approval', 'end', 'asked-picture']) }),
  /** Somebody wants to see the run drawn, under its message. */
  'slack.picture-asked': z.object({ run }),
} as const;

export type MemoryType = keyof typeof SCHEMAS;
export type MemoryData<T extends MemoryType> = z.infer<(typeof SCHEMAS)[T]>;

/** An event as its author hands it in; who writes it is added. */
export type Note = {
  readonly [T in MemoryType]: { readonly type: T; readonly data: Omit<MemoryData<T>, 'by'> };
}[Exclude<MemoryType, 'slack.picture-asked'>];

export type MemoryEvent = {
  readonly [T in MemoryType]: { readonly type: T; readonly data: MemoryData<T> };
}[MemoryType];

const isKnown = (type: string): type is MemoryType => Object.hasOwn(SCHEMAS, type);

/** Null for what is none of these, or was written by a version that meant something else by it. */
export const memoryEvent = ({ type, data }: { readonly type: string; readonly data: unknown }): MemoryEvent | null => {
  if (!isKnown(type)) return null;
  const read = SCHEMAS[type].safeParse(data);
  return read.success ? ({ type, data: read.data } as MemoryEvent) : null;
};
