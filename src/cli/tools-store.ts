import { audit } from '../operations/audit.ts';
import { storeInit } from '../operations/store-init.ts';
import { counted } from '../words/numbers.ts';
import type { CliContext, GlobalOptions, OpenDesk, ToolFlags } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { Printer } from './print.ts';

/** `store init`: makes the store and accepts the first config, or leaves nothing behind. */
export const initStore = async (flags: ToolFlags, options: GlobalOptions, context: CliContext): Promise<number> => {
  const print = new Printer(context, flags.json);
  const desk = await context.actions.createStore(options);
  let isKept = false;
  try {
    const answer = await storeInit(desk.deps, { presented: desk.presented, door: desk.door, proof: null });
    if (!answer.ok) return print.refusal(answer.refusal);
    isKept = true;
    const { fleet, digest, regions, services, people } = answer.value;
    print.answer({ store: desk.deps.journal.store, ...answer.value }, (style) => [
      style.bold(
        `Store ${desk.deps.journal.store} is made, and config ${digest.slice(0, 12)} of ${fleet} is in force.`,
      ),
      `${counted(regions, 'region')}, ${counted(services, 'service')}, ${counted(people, 'person', 'people')}. Next: steer doctor, then steer serve.`,
    ]);
    return EXIT.done;
  } finally {
    await (isKept ? desk.close() : desk.abandon());
  }
};

interface Head {
  readonly stream: string;
  readonly version: number;
  readonly hash: string;
}

const isHead = (value: unknown): value is Head =>
  typeof value === 'object' &&
  value !== null &&
  'stream' in value &&
  typeof value.stream === 'string' &&
  'version' in value &&
  typeof value.version === 'number' &&
  'hash' in value &&
  typeof value.hash === 'string';

/** Heads out of what `audit verify --json` once printed; null when it is something else. */
const headsIn = (text: string): readonly Head[] | null => {
  try {
    const parsed: unknown = JSON.parse(text);
    const heads = typeof parsed === 'object' && parsed !== null && 'heads' in parsed ? parsed.heads : parsed;
    return Array.isArray(heads) && heads.every(isHead) ? heads : null;
  } catch {
    return null;
  }
};

/** `audit verify`: every hash chain, and against heads kept elsewhere where some are given. */
export const verifyAudit = async (
  desk: OpenDesk,
  known: string | null,
  flags: ToolFlags,
  context: CliContext,
): Promise<number> => {
  const print = new Printer(context, flags.json);
  const heads = known === null ? [] : headsIn(known);
  if (heads === null)
    return print.problems(['--known holds no heads. Give it what "steer audit verify --json" printed.'], EXIT.usage);
  const report = await audit(desk.deps, heads);
  print.answer(report, (style) => [
    ...report.findings.map(({ what, stream, version, because }) =>
      style.bad(`FINDING ${what} in ${stream} at ${version}: ${because}`),
    ),
    report.findings.length === 0
      ? style.bold(`Every chain is whole: ${counted(report.events, 'event')} in ${counted(report.streams, 'stream')}.`)
      : style.bad(`${counted(report.findings.length, 'finding')} in ${counted(report.events, 'event')}.`),
    `Anchor ${report.anchor}: keep it, or the heads (--json), outside this store.`,
  ]);
  return report.findings.length === 0 ? EXIT.done : EXIT.failed;
};
