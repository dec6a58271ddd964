import { dirname } from 'node:path';
import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { GdnsdHost } from './host.ts';
import type { Paths } from './snapshot.ts';
import { lastLine, parsedJson } from './states.ts';
import type { FileChange, WritePlan } from './write-plan.ts';

const FILE = z.strictObject({ path: z.string(), before: z.string().nullable(), after: z.string() });
const PENDING = z.strictObject({ version: z.literal(1), weights: z.array(FILE), admin: FILE.nullable() });

/** Files of one write are several, and a process may die between them: what is meant is written down first. */
const filesOf = ({ weights, admin }: WritePlan): readonly FileChange[] =>
  admin === null ? weights : [...weights, admin];

const loadWeights = async (host: GdnsdHost, signal: AbortSignal): Promise<string | null> => {
  const { code, stderr } = await host.control('replace', signal);
  return code === 0 ? null : lastLine(stderr);
};

const finish = async (host: GdnsdHost, { admin }: WritePlan, paths: Paths, signal: AbortSignal): Promise<void> => {
  if (admin !== null) await host.writeAtomically(admin.path, admin.after, signal);
  await host.writeAtomically(paths.pending, null, signal);
};

/**
 * Carries out a plan: all of it, or nothing where gdnsd does not load the weights (`rejected`). Each file is compared once more
 * right before. A process that dies on the way leaves the pending file, and `recover` does the rest. Throws `conflict` where a
 * file has changed, `unknown-outcome` where it cannot be told how far it got.
 */
export const commit = async (host: GdnsdHost, plan: WritePlan, paths: Paths, signal: AbortSignal): Promise<void> => {
  const files = filesOf(plan);
  if (files.length === 0) return;
  for (const { path, before } of files) {
    if ((await host.read(path, signal)) === before) continue;
    throw new ProviderError('conflict', `gdnsd: ${path} has been changed meanwhile; read it again`);
  }
  await host.writeAtomically(paths.pending, JSON.stringify({ version: 1, ...plan }), signal);
  for (const { path, after } of plan.weights) await host.writeAtomically(path, after, signal);
  const because = plan.weights.length === 0 ? null : await loadWeights(host, signal);
  if (because === null) return finish(host, plan, paths, signal);
  for (const { path, before } of plan.weights) await host.writeAtomically(path, before, signal);
  await host.writeAtomically(paths.pending, null, signal);
  throw new ProviderError(
    'rejected',
    `gdnsd: it does not load its configuration: ${because}; \`gdnsd checkconf\` says more`,
  );
};

/** Only files that steer writes: the pending file is no way to have it write another. */
const assertOwn = (plan: WritePlan, paths: Paths): void => {
  const stray = plan.weights.find(({ path }) => dirname(path) !== paths.weightsDirectory);
  if (stray === undefined && (plan.admin === null || plan.admin.path === paths.adminState)) return;
  throw new ProviderError('unreadable', `gdnsd: ${paths.pending} names a file that is not steer's; take it away`);
};

const parsedPlan = (text: string, paths: Paths): WritePlan => {
  const plan = PENDING.safeParse(parsedJson(text));
  if (!plan.success) throw new ProviderError('unreadable', `gdnsd: ${paths.pending} is not steer's; take it away`);
  assertOwn(plan.data, paths);
  return plan.data;
};

/**
 * Ends a write that was broken off, before anything is read: every file that is as it was before or as it was meant becomes as
 * it was meant. Where somebody else has changed one meanwhile, his word stands and the rest of the write is forgotten.
 * Call it only while no other steer writes.
 */
export const recover = async (host: GdnsdHost, paths: Paths, signal: AbortSignal): Promise<void> => {
  const text = await host.read(paths.pending, signal);
  if (text === null) return;
  const plan = parsedPlan(text, paths);
  for (const { path, before, after } of filesOf(plan)) {
    const held = await host.read(path, signal);
    if (held === before || held === after) continue;
    return host.writeAtomically(paths.pending, null, signal);
  }
  for (const { path, after } of plan.weights) await host.writeAtomically(path, after, signal);
  const because = plan.weights.length === 0 ? null : await loadWeights(host, signal);
  if (because !== null) {
    throw new ProviderError(
      'unavailable',
      `gdnsd: a write was broken off, and gdnsd does not load its configuration: ${because}; mend it (\`gdnsd checkconf\` says where)`,
    );
  }
  await finish(host, plan, paths, signal);
};
