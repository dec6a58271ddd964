import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { GdnsdHost } from './host.ts';

/** `state` has an exclamation mark while `admin_state` forces it. */
const STATES = z.record(z.string(), z.looseObject({ state: z.string(), real_state: z.string() }));

export type States = ReadonlyMap<string, { readonly isForced: boolean; readonly isUp: boolean }>;

/** What the text says, or undefined where it is no JSON: whatever reads it then refuses it. */
export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The last line of what a program complained about, for a sentence. */
export const lastLine = (text: string): string =>
  text
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^(?:fatal|error|info|warning): /, '')
    .slice(0, 200) ?? '';

/** What the running gdnsd thinks of every address that it watches. Throws `unavailable` where it does not run. */
export const readStates = async (host: GdnsdHost, signal: AbortSignal): Promise<States> => {
  const { code, stdout, stderr } = await host.control('states', signal);
  if (code !== 0) {
    throw new ProviderError('unavailable', `gdnsd: gdnsdctl states ended with ${code}: ${lastLine(stderr)}`);
  }
  const states = STATES.safeParse(parsedJson(stdout));
  if (!states.success) throw new ProviderError('unreadable', 'gdnsd: gdnsdctl states printed no states');
  return new Map(
    Object.entries(states.data).map(([name, { state }]) => [
      name,
      { isForced: state.endsWith('!'), isUp: state.startsWith('UP') },
    ]),
  );
};
