/** What `provider check` has seen on this account. Nothing is taken for granted until it has. */
export interface ProvenOnAccount {
  /** A stale weight, TTL or marker in a DELETE was refused. */
  readonly conditionalWrite: boolean;
  /** `waited` once the check has seen a stale marker accepted; TXT values are compared as far as anybody has reported. */
  readonly fence: 'native' | 'waited';
  /** A weighted alias of weight 0 got no answers. */
  readonly zeroOnAlias: boolean;
}

export const NOTHING_PROVEN: ProvenOnAccount = { conditionalWrite: false, fence: 'native', zeroOnAlias: false };
