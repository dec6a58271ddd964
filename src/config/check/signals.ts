import { didYouMean, oneOf } from '../closest.ts';
import type { Findings, Path } from '../problem.ts';
import { type Loose, shown } from '../read.ts';
import { AWS_REGION } from '../schema/providers.ts';
import { filled, leavesOpen, openingsOf, type SignalInFile, valueFor, wordsFor } from '../signal-template.ts';
import { type LooseFile, type SignalUse, usesOf } from '../signal-uses.ts';
import { checkKnown, checkNames } from './common.ts';
import { isPrivateHost } from './private-host.ts';

type LooseSignal = Loose<SignalInFile>;

const DAY_MS = 86_400_000;

const refuseAt = (
  findings: Findings,
  path: Path,
  found: string,
  expected: string,
  suggestion: string | null = null,
): void => findings.refuse({ path, at: 'value', found, expected, suggestion });

/** Kinds that answer with a state; `dns-answers` may serve either way. */
const KIND_OF: Readonly<Record<SignalInFile['kind'], readonly SignalUse['wants'][]>> = {
  'cloudwatch-metric': ['number'],
  'cloudwatch-alarm': ['state'],
  'route53-health-check': ['state'],
  http: ['state'],
  'dns-answers': ['number', 'state'],
};

/** Whether a signal can answer what one place asks of it. */
const checkUse = (use: SignalUse, signal: LooseSignal, findings: Findings): void => {
  const open = openingsOf(signal);
  if (signal.kind !== undefined && !KIND_OF[signal.kind].includes(use.wants))
    refuseAt(findings, use.path, `a signal of kind ${signal.kind}`, `a signal that answers with a ${use.wants}`);
  if (use.each && use.region !== null && !open.perRegion)
    refuseAt(
      findings,
      use.path,
      'one signal for every region',
      'a signal with {region}',
      'or write a signal for each region',
    );
  if (!open.perRegion && use.region !== null && signal.region !== undefined && signal.region !== use.region)
    refuseAt(findings, use.path, `a signal of ${signal.region}`, `a signal of ${use.region}`);
  if (!open.perService && signal.service !== undefined && signal.service !== use.service)
    refuseAt(findings, use.path, `a signal of the service ${signal.service}`, `a signal of ${use.service}`);
  if (signal.kind !== 'cloudwatch-metric') return;
  if (use.history === 'day' && signal.lookBack !== undefined && signal.lookBack < DAY_MS)
    refuseAt(findings, use.path, 'a signal that looks back less than 24h', 'lookBack: 24h, for highest-of-24h');
  if (use.history === 'week' && signal.withLastWeek !== true)
    refuseAt(findings, use.path, 'a signal without last week', 'withLastWeek: true at the signal');
};

/** Whether the service fills in what the signal leaves open, and whether what comes out makes sense. */
const checkFilled = (use: SignalUse, signal: LooseSignal, file: LooseFile, findings: Findings): void => {
  const open = openingsOf(signal);
  const values = file.services?.[use.service]?.values;
  for (const name of open.values) {
    if (valueFor(values, name, use.region) !== undefined) continue;
    const isThere = values !== undefined && Object.hasOwn(values, name);
    const path = ['services', use.service, 'values', name, ...(isThere ? [use.region ?? ''] : [])];
    const expected = `a text for {${name}}, which signal ${use.signal} names${isThere ? ` (for ${use.region})` : ''}`;
    const suggestion = didYouMean(name, ['region', 'service', ...Object.keys(values ?? {})]);
    findings.refuse({ path, at: 'key', found: 'nothing', expected, suggestion });
  }
  const whole = filled(signal, wordsFor(open, values, use.service, use.region));
  const place = ['signals', use.signal];
  const isFilled = open.values.every((name) => valueFor(values, name, use.region) !== undefined);
  if (isFilled && use.region !== null && leavesOpen(whole))
    refuseAt(
      findings,
      ['services', use.service, 'values'],
      'a value that names another value',
      'values that name {region} and {service} only',
    );
  if (
    'awsRegion' in whole &&
    whole.awsRegion !== undefined &&
    !/[{}]/.test(whole.awsRegion) &&
    !AWS_REGION.test(whole.awsRegion)
  )
    refuseAt(findings, [...place, 'awsRegion'], shown(whole.awsRegion), 'an AWS region such as us-east-1');
  if (whole.kind === 'http' && whole.url !== undefined && isFilled && !URL.canParse(whole.url))
    refuseAt(
      findings,
      [...place, 'url'],
      'an address that is none once its {…} are filled in',
      'an address such as https://example.com/',
    );
  if (
    whole.kind === 'http' &&
    whole.url !== undefined &&
    whole.allowPrivateAddress !== true &&
    isPrivateHost(whole.url)
  )
    refuseAt(
      findings,
      [...place, 'url'],
      'a host in private address space',
      'a public host',
      'write allowPrivateAddress: true if it is meant',
    );
};

const checkDerived = (name: string, signal: LooseSignal, file: LooseFile, findings: Findings): void => {
  const path = ['signals', name, 'derivedFrom'];
  const chain = new Set([name]);
  for (let next = signal.derivedFrom; next !== undefined; next = file.signals?.[next]?.derivedFrom) {
    if (chain.has(next)) {
      refuseAt(findings, path, 'a signal that is derived from itself', 'another signal');
      return;
    }
    chain.add(next);
  }
  if (signal.derivedFrom === undefined) return;
  checkKnown('signal', { name: signal.derivedFrom, path, at: 'value' }, Object.keys(file.signals ?? {}), findings);
  const origin = file.signals?.[signal.derivedFrom];
  if (origin === undefined) return;
  const [own, other] = [openingsOf(signal), openingsOf(origin)];
  if ((other.perRegion && !own.perRegion) || (other.perService && !own.perService))
    refuseAt(findings, path, 'a signal that is several', 'a signal with no more {…} than this one');
};

/** Where a claim of being somewhere else would be false, two opinions would be counted that are one (section 4). */
const checkVantage = (
  place: Path,
  signal: LooseSignal,
  file: LooseFile,
  regions: readonly string[],
  findings: Findings,
): void => {
  const { vantage } = signal;
  if (vantage === undefined) return;
  const path = [...place, 'vantage'];
  const words = ['outside', 'steer', '{region}', ...regions];
  if (!words.includes(vantage)) refuseAt(findings, path, shown(vantage), oneOf(words), didYouMean(vantage, words));
  const host = file.store?.region;
  const isOwn = vantage === 'steer' || (vantage === host && host !== 'outside');
  if ((signal.kind === 'http' || signal.kind === 'dns-answers') && !isOwn && words.includes(vantage))
    findings.warn({
      path,
      at: 'value',
      found: vantage,
      expected: 'steer, since steer itself measures this from its own host',
      suggestion: null,
    });
};

const checkPlain = (
  name: string,
  signal: LooseSignal,
  file: LooseFile,
  regions: readonly string[],
  findings: Findings,
): void => {
  const place = ['signals', name];
  const open = openingsOf(signal);
  if ('provider' in signal && signal.provider !== undefined)
    checkKnown(
      'provider',
      { name: signal.provider, path: [...place, 'provider'], at: 'value' },
      Object.keys(file.providers ?? {}),
      findings,
    );
  if (signal.region !== undefined) {
    checkKnown('region', { name: signal.region, path: [...place, 'region'], at: 'value' }, regions, findings);
    if (open.perRegion)
      refuseAt(findings, [...place, 'region'], 'a region beside {region}', 'one of the two', 'delete it');
  }
  if (signal.service !== undefined) {
    checkKnown(
      'service',
      { name: signal.service, path: [...place, 'service'], at: 'value' },
      Object.keys(file.services ?? {}),
      findings,
    );
    if (open.perService)
      refuseAt(findings, [...place, 'service'], 'a service beside {service}', 'one of the two', 'delete it');
  }
  checkVantage(place, signal, file, regions, findings);
  checkDerived(name, signal, file, findings);
  if (signal.kind !== 'dns-answers') return;
  for (const key of ['servers', 'answers'] as const)
    if (signal[key]?.length === 0) refuseAt(findings, [...place, key], 'an empty list', 'at least one');
};

/** Signals by themselves, and every place that uses one. */
export const checkSignals = (file: LooseFile, findings: Findings): void => {
  const regions = (file.regions ?? []).filter((region) => region !== undefined);
  checkNames(file.signals, ['signals'], findings);
  const uses = usesOf(file);
  const used = new Set(uses.map(({ signal }) => signal));
  for (const [name, signal] of Object.entries(file.signals ?? {})) {
    if (signal === undefined) continue;
    checkPlain(name, signal, file, regions, findings);
    if (signal.derivedFrom !== undefined) used.add(signal.derivedFrom);
  }
  const known = Object.keys(file.signals ?? {});
  for (const use of uses) {
    const signal = file.signals?.[use.signal];
    if (!known.includes(use.signal))
      checkKnown('signal', { name: use.signal, path: use.path, at: 'value' }, known, findings);
    if (signal === undefined) continue;
    checkUse(use, signal, findings);
    checkFilled(use, signal, file, findings);
  }
  for (const name of Object.keys(file.signals ?? {}).filter((candidate) => !used.has(candidate)))
    findings.warn({
      path: ['signals', name],
      at: 'key',
      found: 'a signal that nothing uses',
      expected: 'a gate, a capacity or a demand that names it',
      suggestion: 'delete it or use it',
    });
};
