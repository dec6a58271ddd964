export type CheckCode =
  | 'zone-owner'
  | 'canary-created'
  | 'positive-control'
  | 'stale-marker'
  | 'stale-weight'
  | 'unchanged'
  | 'stale-ttl'
  | 'stale-health-check'
  | 'alias-created'
  | 'alias-control'
  | 'alias-weight'
  | 'alias-zero'
  | 'cleaned';

export interface CheckFinding {
  readonly code: CheckCode;
  /** Null: it could not be asked, so nothing is known either way. */
  readonly ok: boolean | null;
  /** What was tried and what the vendor did, in a sentence. */
  readonly saw: string;
}

/** What an account has shown. `native` only when every question was asked and answered as it must be. */
export interface CheckReport {
  readonly zone: string;
  readonly conditionalWrite: 'native' | 'emulated';
  readonly fence: 'native' | 'waited';
  /** Whether weight 0 drains an alias: `proven` by answers of name servers alone, `unproven` where none could be had. */
  readonly zeroOnAlias: 'proven' | 'refuted' | 'unproven';
  readonly findings: readonly CheckFinding[];
}

/** What name servers with authority said to one question, asked many times. */
export interface SeenAnswers {
  readonly answered: number;
  /** Each different answer (all its values; none for "no such name") and how often it came. */
  readonly answers: readonly { readonly data: readonly string[]; readonly count: number }[];
  /** What did not answer, a sentence each. */
  readonly failures: readonly string[];
}

/** Asks the servers with authority for a name, never a cache. Null where nobody knows which those are. */
export type AskAnswers = (
  question: { readonly name: string; readonly type: string; readonly queries: number },
  signal: AbortSignal,
) => Promise<SeenAnswers | null>;

export interface CheckOptions {
  readonly zone: string;
  /** A health check of this account to hang on the canary; null leaves that question out. */
  readonly healthCheck: string | null;
  /** Null where no name server can be asked: what only answers can prove stays unproven then. */
  readonly ask: AskAnswers | null;
}

type Findings = readonly CheckFinding[];

const isGood =
  (findings: Findings) =>
  (code: CheckCode): boolean =>
    findings.some((finding) => finding.code === code && finding.ok === true);

const ALIAS: readonly CheckCode[] = ['alias-created', 'alias-control', 'alias-weight', 'alias-zero'];

const conditionalWriteOf = (findings: Findings): CheckReport['conditionalWrite'] => {
  const needed: CheckCode[] = ['positive-control', 'stale-marker', 'stale-weight', 'unchanged', 'stale-ttl'];
  const asked = findings.filter(({ code }) => code !== 'cleaned' && !ALIAS.includes(code));
  return needed.every(isGood(findings)) && asked.every(({ ok }) => ok === true) ? 'native' : 'emulated';
};

const zeroOnAliasOf = (findings: Findings): CheckReport['zeroOnAlias'] => {
  if (findings.some(({ code, ok }) => ALIAS.includes(code) && ok === false)) return 'refuted';
  return ALIAS.every(isGood(findings)) ? 'proven' : 'unproven';
};

/** What the findings of one check add up to. */
export const reportOf = (zone: string, findings: Findings): CheckReport => ({
  zone,
  conditionalWrite: conditionalWriteOf(findings),
  fence: findings.some(({ code, ok }) => code === 'stale-marker' && ok === false) ? 'waited' : 'native',
  zeroOnAlias: zeroOnAliasOf(findings),
  findings,
});
