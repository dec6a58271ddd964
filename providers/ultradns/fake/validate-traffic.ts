import { flag, isPlain, known, list, type Plain, text, whole } from './objects.ts';
import { invalid, Refusal } from './refusal.ts';
import { record } from './validate-records.ts';

/** Words of this account for records turned on and off; NORMAL follows probes. */
export interface Words {
  readonly on: string;
  readonly off: string;
}

const RECORD_KEYS = [
  'state',
  'runProbes',
  'priority',
  'failoverDelay',
  'restorationDelay',
  'threshold',
  'weight',
  // Ignored when they come back, as the guide says.
  'availableToServe',
  'status',
  'type',
];
const BACKUP_KEYS = ['rdata', 'failoverDelay', 'restorationDelay', 'availableToServe', 'type'];
const COMMON = ['@context', 'description', 'runProbes', 'actOnProbes', 'failureThreshold', 'status', 'rdataInfo'];

const MINUTES = 30;

const assertState = (state: string, actOnProbes: boolean, runProbes: boolean): void => {
  if (actOnProbes) return;
  if (state === 'NORMAL' && runProbes) {
    throw new Refusal(
      400,
      150015,
      'Invalid State: State can not be Normal when actOnProbes is disabled and runProbes is enabled.',
    );
  }
  if (state !== 'NORMAL' && !runProbes) {
    throw new Refusal(
      400,
      150016,
      'Invalid State: State can not be Active or Inactive when actOnProbes and runProbes are disabled.',
    );
  }
};

const delaysOf = (from: Plain): Plain => ({
  failoverDelay: whole('failoverDelay', from['failoverDelay'] ?? 0, 0, MINUTES),
  ...(from['restorationDelay'] === undefined
    ? {}
    : { restorationDelay: whole('restorationDelay', from['restorationDelay'], 0, MINUTES) }),
});

const infoOf = (info: unknown, isWeighted: boolean, words: Words, actOnProbes: boolean): Plain => {
  if (!isPlain(info)) throw invalid('rdataInfo must hold objects');
  known('rdataInfo', info, RECORD_KEYS);
  const state = text('state', info['state'] ?? 'NORMAL');
  if (!['NORMAL', words.on, words.off].includes(state)) throw invalid(`state ${state}`);
  const runProbes = flag('runProbes', info['runProbes'], true);
  assertState(state, actOnProbes, runProbes);
  const priority = info['priority'];
  if (typeof priority !== 'number' || !Number.isInteger(priority) || priority < 1 || priority > 99_999) {
    throw new Refusal(400, 110008, 'Invalid Priority : Priority value must be greater than 0 and less than 100000');
  }
  const weight = info['weight'] ?? 2;
  if (isWeighted && (typeof weight !== 'number' || weight < 2 || weight > 100 || weight % 2 !== 0)) {
    throw new Refusal(400, 110015, 'For a Traffic Controller Pool, weight must be an even integer between 2 to 100.');
  }
  return {
    state,
    runProbes,
    priority,
    ...delaysOf(info),
    threshold: whole('threshold', info['threshold'] ?? 1, 1, 100),
    ...(isWeighted ? { weight } : {}),
  };
};

const backupOf = (type: string, backup: unknown): Plain => {
  if (!isPlain(backup)) throw invalid('a backup record must be an object');
  known('backupRecord', backup, BACKUP_KEYS);
  return { rdata: record(type, backup['rdata'], true), ...delaysOf(backup) };
};

const infosOf = (profile: Plain, count: number, isWeighted: boolean, words: Words): readonly Plain[] => {
  const infos = list('rdataInfo', profile['rdataInfo']);
  if (infos.length !== count) {
    throw isWeighted
      ? new Refusal(
          400,
          110009,
          'For a Traffic Controller Pool, one entry of profile rData info should always be provided for each entry in rdata.',
        )
      : new Refusal(
          400,
          110007,
          'For a Site Backer Pool, one entry of profile rData info should always be provided for each entry in rdata.',
        );
  }
  const actOnProbes = flag('actOnProbes', profile['actOnProbes'], true);
  return infos.map((info) => infoOf(info, isWeighted, words, actOnProbes));
};

const commonOf = (profile: Plain, count: number): Plain => {
  const threshold = profile['failureThreshold'] ?? 0;
  if (typeof threshold !== 'number' || threshold < 0 || threshold > count) {
    throw new Refusal(400, 2951, `Invalid Failure Threshold. Failure threshold value should be from 0 to ${count}.`);
  }
  const description = profile['description'] ?? '';
  if (typeof description !== 'string' || description.length > 255) throw invalid('description');
  return {
    '@context': profile['@context'],
    description,
    runProbes: flag('runProbes', profile['runProbes'], true),
    actOnProbes: flag('actOnProbes', profile['actOnProbes'], true),
    failureThreshold: threshold,
  };
};

/** A Traffic Controller profile as the vendor keeps it. */
export const trafficController = (type: string, profile: Plain, count: number, words: Words): Plain => {
  known('profile', profile, [...COMMON, 'maxToLB', 'backupRecord']);
  return {
    ...commonOf(profile, count),
    maxToLB: whole('maxToLB', profile['maxToLB'] ?? 0, 0, count),
    rdataInfo: infosOf(profile, count, true, words),
    ...(profile['backupRecord'] === undefined ? {} : { backupRecord: backupOf(type, profile['backupRecord']) }),
  };
};

const ORDERS = ['FIXED', 'RANDOM', 'ROUND_ROBIN'];

export const orderOf = (profile: Plain): string => {
  const order = profile['order'] ?? 'ROUND_ROBIN';
  if (typeof order === 'string' && ORDERS.includes(order)) return order;
  throw new Refusal(400, 70007, 'Given Profile Order is not valid.');
};

/** A SiteBacker profile as the vendor keeps it. */
export const siteBacker = (type: string, profile: Plain, count: number, words: Words): Plain => {
  known('profile', profile, [...COMMON, 'order', 'maxActive', 'maxServed', 'backupRecords']);
  const maxActive = whole('maxActive', profile['maxActive'] ?? 1, 1, count);
  return {
    ...commonOf(profile, count),
    order: orderOf(profile),
    maxActive,
    maxServed: whole('maxServed', profile['maxServed'] ?? maxActive, 0, maxActive),
    rdataInfo: infosOf(profile, count, false, words),
    ...(profile['backupRecords'] === undefined
      ? {}
      : { backupRecords: list('backupRecords', profile['backupRecords']).map((one) => backupOf(type, one)) }),
  };
};
