import type { Findings, Path } from '../problem.ts';
import { shown } from '../read.ts';
import type { LooseFile } from '../signal-uses.ts';
import { checkKnown, checkNames, isLoopback } from './common.ts';
import { checkSecretSource } from './people.ts';
import { checkVendor } from './vendors.ts';

/** Plain HTTP would show the requests, and sandbox keys would go to a stranger. */
const checkEndpoint = (address: string | undefined, isSandbox: boolean, path: Path, findings: Findings): void => {
  const refuse = (found: string, expected: string): void =>
    findings.refuse({ path, at: address === undefined ? 'key' : 'value', found, expected, suggestion: null });
  if (isSandbox && (address === undefined || !isLoopback(address)))
    refuse(
      shown(address),
      'a loopback address such as http://127.0.0.1:4566, since the credentials are those of the sandbox',
    );
  else if (address?.startsWith('http://') === true && !isLoopback(address))
    refuse(shown(address), 'https:// beyond this host');
};

export const checkProviders = (file: LooseFile, findings: Findings): void => {
  checkNames(file.providers, ['providers'], findings);
  const providers = Object.entries(file.providers ?? {});
  if (file.providers !== undefined && providers.length === 0)
    findings.refuse({
      path: ['providers'],
      at: 'key',
      found: 'an empty map',
      expected: 'at least one provider',
      suggestion: null,
    });
  for (const [name, provider] of providers) {
    if (provider === undefined) continue;
    checkVendor(provider, ['providers', name], findings);
    const isSandbox = provider.credentials?.kind === 'sandbox';
    checkEndpoint(provider.endpoint, isSandbox, ['providers', name, 'endpoint'], findings);
    if (provider.cloudwatchEndpoint !== undefined || isSandbox)
      checkEndpoint(provider.cloudwatchEndpoint, isSandbox, ['providers', name, 'cloudwatchEndpoint'], findings);
  }

  const { region } = file.store ?? {};
  const regions = (file.regions ?? []).filter((known) => known !== undefined);
  if (region !== undefined && region !== 'outside')
    checkKnown('region', { name: region, path: ['store', 'region'], at: 'value' }, regions, findings);
  for (const [index, one] of (file.notify ?? []).entries())
    if (one?.kind === 'webhook') checkSecretSource(one.urlFrom, ['notify', index, 'urlFrom'], findings);
};
