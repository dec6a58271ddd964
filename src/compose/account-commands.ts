import type { CliContext, GlobalOptions, ToolFlags } from '../cli/context.ts';
import { EXIT, exitOfRefusal } from '../cli/exit-codes.ts';
import { verdictLines } from '../cli/render/provider-check.ts';
import { askerAt } from '../cli/verb.ts';
import type { Refusal } from '../operations/answer.ts';
import { checkProviders } from '../operations/check-provider.ts';
import { storeAdopt } from '../operations/store-adopt.ts';
import { openDesk } from './desk.ts';
import { checkAccounts, takeOverZones } from './vendor-actions.ts';
import type { World } from './world.ts';

const refused = (context: CliContext, refusal: Refusal): number => {
  const lines = [...refusal.problems, ...refusal.objections.map(({ because }) => because)];
  context.stderr.write(`${lines.join('\n')}\n`);
  return exitOfRefusal(refusal);
};

const nobodyToAsk = (context: CliContext): number => {
  context.stderr.write('A one-time code was announced, and nobody is at this terminal to type it.\n');
  return EXIT.usage;
};

const NO_CONFIG = 'No config is in force in this store. Type: steer store init\n';

const SLOW =
  'Scratch records are written and must reach the name servers twice: on a real account that takes minutes.\n';

const NOTHING_TO_CHECK =
  'Nothing to check: what steer relies on there needs no proof. steer dns providers VENDOR says what it is.\n';

const hasSomethingToCheck = ({ providers }: World, only: string | null): boolean =>
  [...providers].some(([id, { check }]) => check !== null && (only === null || id === only));

/** `provider check`: proves on scratch records what accounts do, and keeps the verdicts in the journal. */
export const checkProvider = async (
  provider: string | null,
  options: GlobalOptions,
  context: CliContext,
  flags: ToolFlags,
): Promise<number> => {
  const desk = await openDesk(options);
  try {
    const world = await desk.product.world();
    if (world === null) {
      context.stderr.write(NO_CONFIG);
      return EXIT.failed;
    }
    if (provider !== null && !world.config.providers.some((one) => one.provider === provider)) {
      const known = world.config.providers.map((one) => one.provider).join(', ');
      context.stderr.write(`There is no provider ${provider}. There are: ${known}\n`);
      return EXIT.usage;
    }
    for (const problem of world.problems) context.stderr.write(`${problem}\n`);
    if (!hasSomethingToCheck(world, provider)) {
      context.stdout.write(NOTHING_TO_CHECK);
      return EXIT.done;
    }
    const asker = await askerAt(context, desk, flags.codeOf);
    if (asker === null) return nobodyToAsk(context);
    context.stderr.write(SLOW);
    const answer = await checkProviders(desk.deps, asker, () => checkAccounts(world, desk.mount, provider));
    if (!answer.ok) return refused(context, answer.refusal);
    if (flags.json) context.stdout.write(`${JSON.stringify(answer.value, null, 2)}\n`);
    if (!flags.json)
      context.stdout.write(
        answer.value
          .flatMap(verdictLines)
          .map((line) => `${line}\n`)
          .join(''),
      );
    const isProven =
      answer.value.length > 0 && answer.value.every(({ conditionalWrite }) => conditionalWrite === 'native');
    return isProven && world.problems.length === 0 ? EXIT.done : EXIT.failed;
  } finally {
    await desk.close();
  }
};

/** `store adopt`: asked by an admin, done by a second person who types the same. */
export const adoptStore = async (options: GlobalOptions, context: CliContext, flags: ToolFlags): Promise<number> => {
  const desk = await openDesk(options);
  try {
    const world = await desk.product.world();
    if (world === null) {
      context.stderr.write(NO_CONFIG);
      return EXIT.failed;
    }
    const typed = await context.ask('Type the id of this store to take its zones over from another: ', 'shown');
    if (typed?.trim() !== desk.product.store.identity.storeId) {
      context.stderr.write(`Nothing was taken over. The id of this store is ${desk.product.store.identity.storeId}.\n`);
      return typed === null ? EXIT.usage : EXIT.endedEarly;
    }
    const because = (await context.ask('Reason: ', 'shown')) ?? '';
    const hash = await context.ask("Last hash known of the old store's audit (empty if nobody has it): ", 'shown');
    const previousHash = hash === null || hash.trim() === '' ? null : hash.trim();
    const asker = await askerAt(context, desk, flags.codeOf);
    if (asker === null) return nobodyToAsk(context);
    const request = { because, previousHash };
    const answer = await storeAdopt(desk.deps, asker, request, () => takeOverZones(desk, world));
    if (!answer.ok) return refused(context, answer.refusal);
    const done = answer.value;
    context.stdout.write(
      done.done
        ? `Took over ${done.zones} zones from ${done.from.join(', ')}; the epoch is ${done.epoch}.\n`
        : `Asked for. It waits for ${done.waitsFor}.\n`,
    );
    return EXIT.done;
  } finally {
    await desk.close();
  }
};
