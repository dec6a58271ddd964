import type { Clock } from '../../src/ports/clock.ts';
import type { CallObserver } from '../calls.ts';
import { ProviderError, type ProviderFailure } from '../errors.ts';
import type { GdnsdHost } from './host.ts';

const KIND_OF_CODE: Readonly<Record<string, ProviderFailure>> = {
  EACCES: 'unauthorised',
  EPERM: 'unauthorised',
  EROFS: 'unauthorised',
};

/** A failure of the system in the closed set; `otherwise` where it says nothing about what was done. */
export const asFailure = (what: string, cause: unknown, otherwise: ProviderFailure): ProviderError => {
  if (cause instanceof ProviderError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = code === '' ? (cause instanceof Error ? cause.message : String(cause)) : code;
  return new ProviderError(KIND_OF_CODE[code] ?? otherwise, `gdnsd: ${what} failed (${why})`, { cause });
};

/** The host with every failure in the closed set and every run of `gdnsdctl` and every file written counted. */
export const countedHost = (host: GdnsdHost, clock: Clock, observe: CallObserver): GdnsdHost => {
  const counted = async <T>(action: string, otherwise: ProviderFailure, work: () => Promise<T>): Promise<T> => {
    const startedAt = clock.now();
    const tell = (outcome: 'ok' | ProviderFailure): void =>
      observe({ vendor: 'gdnsd', action, zone: null, outcome, tookMs: clock.now() - startedAt });
    try {
      const result = await work();
      tell('ok');
      return result;
    } catch (cause) {
      const failure = asFailure(action, cause, otherwise);
      tell(failure.kind);
      throw failure;
    }
  };
  return {
    read: async (path, signal) => {
      try {
        return await host.read(path, signal);
      } catch (cause) {
        throw asFailure(`reading ${path}`, cause, 'unavailable');
      }
    },
    list: async (path, signal) => {
      try {
        return await host.list(path, signal);
      } catch (cause) {
        throw asFailure(`listing ${path}`, cause, 'unavailable');
      }
    },
    writeAtomically: (path, text, signal) =>
      counted(`write ${path.slice(path.lastIndexOf('/') + 1)}`, 'unknown-outcome', () =>
        host.writeAtomically(path, text, signal),
      ),
    control: (action, signal) =>
      counted(`gdnsdctl ${action}`, action === 'replace' ? 'unknown-outcome' : 'unavailable', () =>
        host.control(action, signal),
      ),
    exclusively: (work, signal) => host.exclusively(work, signal),
  };
};
