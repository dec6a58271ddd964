import type { Config, Person, Role } from '../../src/domain/config.ts';
import { personId, providerId } from '../../src/domain/ids.ts';

export const person = (name: string, role: Role, over: Partial<Person> = {}): Person => ({
  person: personId(name),
  role,
  identities: [{ door: 'os', user: name }],
  shared: false,
  totpSecretFrom: null,
  ...over,
});

type Known = Pick<Config, 'people' | 'providers' | 'signals'>;

/** A config as far as access reads it; its one vendor account is the real one unless `endpoint` says otherwise. */
export const peopleConfig = (people: readonly Person[], endpoint: string | null = null): Known => ({
  people,
  providers: [
    {
      provider: providerId('dns'),
      vendor: 'route53',
      credentials: { kind: 'aws-default-chain' },
      assumeRole: null,
      endpoint,
      stsRegion: 'us-west-2',
      requestScheme: 'old',
      cloudwatchEndpoint: endpoint,
      expectedPropagationMs: null,
      nameServers: [],
    },
  ],
  signals: [],
});
