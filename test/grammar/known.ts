import { regionId, runId, serviceId } from '../../src/domain/ids.ts';
import type { Known, Parsed, Request } from '../../src/grammar/request.ts';

export const known: Known = {
  regions: ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1'].map(regionId),
  services: [
    { service: serviceId('checkout'), tier: 1, labels: ['web', 'paid'] },
    { service: serviceId('search'), tier: 2, labels: ['web'] },
    { service: serviceId('mail'), tier: 3, labels: [] },
  ],
  runs: ['run_01j8', 'run_01j9'].map(runId),
};

/** The request, or a failure that shows the sentences. */
export const requestOf = (parsed: Parsed): Request => {
  if (!parsed.ok) throw new Error(parsed.problems.join(' | '));
  return parsed.request;
};

export const problemsOf = (parsed: Parsed): string => (parsed.ok ? '' : parsed.problems.join(' | '));
