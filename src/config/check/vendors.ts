import { VENDORS } from '../../../providers/registry.ts';
import { didYouMean, oneOf } from '../closest.ts';
import type { Findings, Path } from '../problem.ts';
import { read, shown } from '../read.ts';
import type { LooseFile } from '../signal-uses.ts';
import { checkSecretSource } from './people.ts';

type LooseProvider = NonNullable<NonNullable<LooseFile['providers']>[string]>;
type Vendor = (typeof VENDORS)[number];

const AWS_KEYS = ['stsRegion', 'requestScheme'] as const;

const WANTED_BY_AWS: Readonly<Record<(typeof AWS_KEYS)[number], string>> = {
  stsRegion: 'an AWS region such as us-east-1',
  requestScheme: 'old or new',
};

const isAws = ({ secrets, vendor }: Vendor): boolean =>
  secrets.length === 0 && (vendor === 'route53' || vendor === 'memory');

const checkAws = (provider: LooseProvider, path: Path, findings: Findings): void => {
  for (const key of AWS_KEYS) {
    if (provider[key] !== undefined) continue;
    const expected = WANTED_BY_AWS[key];
    findings.refuse({ path: [...path, key], at: 'key', found: 'nothing', expected, suggestion: null });
  }
  if (provider.credentials?.kind !== 'secrets') return;
  const expected = 'aws-default-chain or environment';
  findings.refuse({
    path: [...path, 'credentials', 'kind'],
    at: 'value',
    found: '"secrets"',
    expected,
    suggestion: null,
  });
};

const refuseKey = (path: Path, found: string, expected: string, findings: Findings): void =>
  findings.refuse({ path, at: 'key', found, expected, suggestion: null });

const checkSecrets = (vendor: Vendor, provider: LooseProvider, path: Path, findings: Findings): void => {
  const { credentials } = provider;
  if (credentials === undefined) return;
  const names = vendor.secrets.map(({ name }) => name);
  if (credentials.kind !== 'secrets') {
    const expected = `secrets, since ${vendor.title} is not AWS`;
    const found = shown(credentials.kind);
    findings.refuse({ path: [...path, 'credentials', 'kind'], at: 'value', found, expected, suggestion: null });
    return;
  }
  const given = credentials.secrets ?? {};
  const at = [...path, 'credentials', 'secrets'];
  for (const { name, description, isOptional = false } of vendor.secrets)
    if (given[name] === undefined && !isOptional)
      refuseKey([...at, name], 'nothing', `where to find it: ${description}`, findings);
  for (const [name, source] of Object.entries(given)) {
    if (names.includes(name)) {
      if (source !== undefined) checkSecretSource(source, [...at, name], findings);
      continue;
    }
    const expected = names.length === 0 ? `no secret, since ${vendor.title} needs none` : oneOf(names);
    const suggestion = didYouMean(name, names);
    findings.refuse({ path: [...at, name], at: 'key', found: `the unknown key ${shown(name)}`, expected, suggestion });
  }
};

const checkForeign = (vendor: Vendor, provider: LooseProvider, path: Path, findings: Findings): void => {
  for (const key of AWS_KEYS)
    if (provider[key] !== undefined)
      refuseKey([...path, key], shown(provider[key]), `no ${key}, which is for AWS`, findings);
  if (vendor.endpoint === null && provider.endpoint === undefined)
    refuseKey([...path, 'endpoint'], 'nothing', `the address of your ${vendor.title}`, findings);
  checkSecrets(vendor, provider, path, findings);
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value);

/** Key by key in our words; where each is well, in the vendor's own what is wrong with them together. */
const checkSettings = (vendor: Vendor, settings: unknown, path: Path, findings: Findings): void => {
  let isWell = true;
  const counted: Findings = {
    warn: (draft) => findings.warn(draft),
    refuse: (draft) => {
      isWell = false;
      findings.refuse(draft);
    },
  };
  read(vendor.settings, settings, path, counted);
  if (!isWell) return;
  for (const { path: below, message } of vendor.settings.safeParse(settings).error?.issues ?? []) {
    const place = below.filter((key) => typeof key !== 'symbol');
    const found = shown(valueAt(settings, below));
    findings.refuse({ path: [...path, ...place], at: 'value', found, expected: message, suggestion: null });
  }
};

/** What only the vendor can say of an account: its settings, its secrets, whether it has an address of its own. */
export const checkVendor = (provider: LooseProvider, path: Path, findings: Findings): void => {
  const vendor = VENDORS.find((candidate) => candidate.vendor === provider.vendor);
  if (vendor === undefined) return;
  checkSettings(vendor, provider.settings ?? {}, [...path, 'settings'], findings);
  if (isAws(vendor)) checkAws(provider, path, findings);
  else checkForeign(vendor, provider, path, findings);
};
