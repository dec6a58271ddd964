import { providerId, regionId, serviceId, signalId } from '../../domain/ids.ts';
import type { SignalSource, SignalSpec } from '../../domain/signals.ts';
import { readStatusRange } from '../quantity.ts';
import type { File } from '../schema/file.ts';
import { expandedName, filled, openingsOf, type SignalInFile, wordsFor } from '../signal-template.ts';
import { usesOf } from '../signal-uses.ts';

const sourceOf = (signal: SignalInFile): SignalSource => {
  switch (signal.kind) {
    case 'cloudwatch-metric':
      return {
        kind: signal.kind,
        awsRegion: signal.awsRegion,
        provider: providerId(signal.provider),
        namespace: signal.namespace,
        metric: signal.metric,
        dimensions: signal.dimensions,
        statistic: signal.statistic,
        periodMs: signal.period,
        lookBackMs: signal.lookBack,
        scale: signal.scale,
        withLastWeek: signal.withLastWeek ?? false,
      };
    case 'cloudwatch-alarm':
      return {
        kind: signal.kind,
        awsRegion: signal.awsRegion,
        provider: providerId(signal.provider),
        alarm: signal.alarm,
      };
    case 'route53-health-check':
      return { kind: signal.kind, provider: providerId(signal.provider), healthCheck: signal.healthCheck };
    case 'http':
      return {
        kind: signal.kind,
        url: signal.url,
        timeoutMs: signal.timeout,
        expectStatus: readStatusRange(signal.expectStatus) ?? { from: 200, to: 200 },
        allowPrivateAddress: signal.allowPrivateAddress ?? false,
      };
    case 'dns-answers':
      return {
        kind: signal.kind,
        name: signal.name,
        type: signal.type,
        servers: signal.servers,
        queries: signal.queries,
        answers: signal.answers,
        timeoutMs: signal.timeout,
      };
  }
};

/** Word for the host of steer, wherever it stands. */
const HOST = 'steer';

/** A signal seen from steer's host is seen from the region where it stands; outside of all regions it keeps a name of its own. */
const hostOf = (file: File): string => (file.store.region === 'outside' ? HOST : file.store.region);

interface Instance {
  readonly signal: string;
  readonly service: string | null;
  readonly region: string | null;
}

const expand = (file: File, { signal: name, service, region }: Instance): SignalSpec | null => {
  const signal = file.signals[name];
  if (signal === undefined) return null;
  const open = openingsOf(signal);
  const values = service === null ? undefined : file.services[service]?.values;
  const whole = filled(signal, wordsFor(open, values, service, region));
  const ofRegion = open.perRegion ? region : (signal.region ?? null);
  const ofService = open.perService ? service : (signal.service ?? null);
  const origin = signal.derivedFrom === undefined ? undefined : file.signals[signal.derivedFrom];
  const derivedFrom =
    origin === undefined || signal.derivedFrom === undefined
      ? null
      : signalId(expandedName(signal.derivedFrom, openingsOf(origin), service, region));
  return {
    signal: signalId(expandedName(name, open, service, region)),
    region: ofRegion === null ? null : regionId(ofRegion),
    service: ofService === null ? null : serviceId(ofService),
    backend: whole.backend,
    vantage: whole.vantage === HOST ? hostOf(file) : whole.vantage,
    derivedFrom,
    needsNoTraffic: signal.needsNoTraffic,
    source: sourceOf(whole),
  };
};

/** What exists without being used: signals that leave nothing open, and one per region of those that leave only that open. */
const standing = (file: File): readonly Instance[] =>
  Object.entries(file.signals).flatMap(([signal, spec]): readonly Instance[] => {
    const open = openingsOf(spec);
    if (open.perService) return [];
    const regions = open.perRegion ? file.regions : [null];
    return regions.map((region) => ({ signal, service: null, region }));
  });

/** Every signal written out, once each, sorted by name; one with {service} only for the services that use it. */
export const buildSignals = (file: File): readonly SignalSpec[] => {
  const specs = new Map<string, SignalSpec>();
  const add = (instance: Instance): void => {
    const spec = expand(file, instance);
    if (spec === null || specs.has(spec.signal)) return;
    specs.set(spec.signal, spec);
    const derivedFrom = file.signals[instance.signal]?.derivedFrom;
    if (derivedFrom !== undefined) add({ ...instance, signal: derivedFrom });
  };
  for (const instance of [...standing(file), ...usesOf(file)]) add(instance);
  return [...specs.values()].sort((a, b) => (a.signal < b.signal ? -1 : 1));
};
