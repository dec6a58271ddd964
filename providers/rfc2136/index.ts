import type { ProviderConfig } from '../../src/domain/config.ts';
import { createDnsAccount } from '../dns-wire/account.ts';
import { type TsigKey, tsigSecret } from '../dns-wire/tsig.ts';
import { ProviderError } from '../errors.ts';
import { secretReader } from '../secrets.ts';
import type { OpenVendor } from '../vendor.ts';
import { rfc2136Records } from './records.ts';
import { settingsFrom } from './settings.ts';
import { rfc2136Steering } from './steering.ts';

const DNS_PORT = 53;

/** `host:port` out of `dns://host:port`. Throws `rejected` for another address. */
const serverOf = ({ provider, endpoint }: ProviderConfig): string => {
  const url = endpoint === null ? null : URL.parse(endpoint);
  if (url?.protocol === 'dns:' && url.hostname !== '') return `${url.hostname}:${url.port || DNS_PORT}`;
  throw new ProviderError('rejected', `provider ${provider}: endpoint is the primary as dns://host:port`);
};

export const openVendor: OpenVendor = async (config, _, deps) => {
  const settings = settingsFrom(config.provider, config.settings ?? {});
  const server = serverOf(config);
  const secret = secretReader(config, deps);
  const key = async (): Promise<TsigKey> => ({
    name: settings.keyName,
    algorithm: settings.keyAlgorithm,
    secret: tsigSecret(config.provider, await secret('tsigSecret')),
  });
  const account = createDnsAccount({
    vendor: 'rfc2136',
    server,
    key,
    exchange: deps.dns,
    transfer: deps.dnsTransfer,
    policy: deps.policy,
    clock: deps.clock,
    observe: deps.observe,
  });
  const servers = config.nameServers.length > 0 ? config.nameServers : [server];
  return {
    steering: rfc2136Steering({ account, settings, servers }),
    records: rfc2136Records({ account, settings, servers }),
    // Servers of one's own have no published limit.
    limiter: null,
    check: null,
  };
};
