import { createDnsAccount, type DnsAccountOptions } from '../dns-wire/account.ts';
import { type TsigKey, tsigSecret } from '../dns-wire/tsig.ts';
import { ProviderError } from '../errors.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { secretReader } from '../secrets.ts';
import type { OpenVendor } from '../vendor.ts';
import { apiAddress, createPowerDnsApi } from './api.ts';
import { powerDnsRecords } from './records.ts';
import { settingsFrom } from './settings.ts';
import { powerDnsSteering } from './steering.ts';

/** A server of one's own has no published limit; this keeps one run from being all that it does. */
const LIMITS = { account: { perSecond: 100, burst: 200 }, actions: {} };

export const openVendor: OpenVendor = async (config, _, deps) => {
  const settings = settingsFrom(config.provider, config.settings ?? {});
  const secret = secretReader(config, deps);
  const limiter = createRateLimiter(LIMITS, deps.clock);
  const api = createPowerDnsApi({
    endpoint: apiAddress(config.provider, config.endpoint),
    serverId: settings.serverId,
    apiKey: () => secret('apiKey'),
    transport: deps.http,
    limiter,
    policy: deps.policy,
    clock: deps.clock,
    observe: deps.observe,
  });
  const { update } = settings;
  const key = async (): Promise<TsigKey> => {
    if (update === undefined) throw new ProviderError('rejected', 'no settings.update');
    const text = await secret('tsigSecret');
    return { name: update.keyName, algorithm: update.keyAlgorithm, secret: tsigSecret(config.provider, text) };
  };
  const options: DnsAccountOptions = {
    vendor: 'powerdns',
    server: update?.server ?? '',
    key,
    exchange: deps.dns,
    transfer: deps.dnsTransfer,
    policy: deps.policy,
    clock: deps.clock,
    observe: deps.observe,
  };
  const account = createDnsAccount(options);
  const shared = { api, servers: config.nameServers, soaAt: account.soaAt };
  return {
    steering: powerDnsSteering({ ...shared, settings, updates: update === undefined ? null : account }),
    records: powerDnsRecords(shared),
    limiter,
    check: null,
  };
};
