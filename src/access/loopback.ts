import type { Config } from '../domain/config.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

const hostOf = (address: string): string =>
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(address)?.[1] ?? '';

export const isLoopback = (address: string): boolean => LOOPBACK.test(hostOf(address));

/** Whether nothing this config talks to leaves the machine. A vendor's own endpoint (null) does. */
export const staysOnLoopback = (config: Pick<Config, 'providers' | 'signals'>): boolean => {
  const vendors = config.providers
    .filter(({ vendor }) => vendor !== 'memory')
    .flatMap(({ endpoint, cloudwatchEndpoint }) => [endpoint, cloudwatchEndpoint]);
  const signals = config.signals.flatMap(({ source }) => {
    if (source.kind === 'http') return [source.url];
    return source.kind === 'dns-answers' ? source.servers : [];
  });
  return [...vendors, ...signals].every((address) => address !== null && isLoopback(address));
};
