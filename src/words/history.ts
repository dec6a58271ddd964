import type { RegionId } from '../domain/ids.ts';
import type { Verb } from '../domain/plan.ts';

const WORDS: Readonly<Record<string, string>> = {
  'run.proposed': 'asked for',
  'approval.given': 'approved',
  'denial.given': 'denied',
  'hold.asked': 'held',
  'resume.asked': 'resumed',
  'stop.asked': 'stopped',
  'rollback.asked': 'rolled back',
  'run.held': 'HOLDING',
  'run.stopped': 'STOPPED',
  'run.finished': 'DONE',
  'run.failed': 'FAILED',
  'config.accepted': 'accepted a config',
  'config.proposed': 'proposed a config',
  'freeze.set': 'froze',
  'freeze.lifted': 'lifted the freeze',
  'store.adoption-asked': 'wants to adopt a store',
  'store.adopted': 'adopted a store',
  'provider.checked': 'checked a provider',
  'dns.change-intended': 'changes DNS',
  'dns.changed': 'DNS changed',
};

/** What happened, of which move: `approved evacuate us-east-1`. */
export const deedText = ({
  type,
  verb,
  region,
}: {
  readonly type: string;
  readonly verb: Verb | null;
  readonly region: RegionId | null;
}): string => {
  const word = WORDS[type] ?? type;
  return verb === null ? word : `${word} ${verb}${region === null ? '' : ` ${region}`}`;
};
