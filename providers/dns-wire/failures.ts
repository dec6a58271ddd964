import { ProviderError, type ProviderFailure } from '../errors.ts';
import { RCODE } from './message.ts';
import { TSIG_ERROR } from './tsig.ts';

/** What is being done, for the sentence of a failure and for what an unclear answer means. */
export interface Doing {
  readonly vendor: string;
  readonly action: string;
  readonly zone: string;
  readonly server: string;
  /** Whether the request changes something: an answer that cannot be trusted is `unknown-outcome` then. */
  readonly changes: boolean;
}

export const failure = (doing: Doing, kind: ProviderFailure, why: string): ProviderError =>
  new ProviderError(kind, `${doing.vendor} ${doing.action} of ${doing.zone} at ${doing.server}: ${why}`);

interface Meaning {
  readonly ofUpdate: ProviderFailure;
  readonly ofQuestion: ProviderFailure;
  readonly because: string;
}

/** RFC 2136, 2.2 and 3, and what BIND 9.18, Knot 3.2 and PowerDNS 4.7 answer. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  [RCODE.formErr]: {
    ofUpdate: 'rejected',
    ofQuestion: 'rejected',
    because: 'it does not understand the message (FORMERR)',
  },
  // The server undoes what it had begun (RFC 2136, 3.5), but whoever answers SERVFAIL may be a proxy that lost the answer.
  [RCODE.servFail]: { ofUpdate: 'unknown-outcome', ofQuestion: 'unavailable', because: 'it failed itself (SERVFAIL)' },
  [RCODE.nxDomain]: {
    ofUpdate: 'conflict',
    ofQuestion: 'not-found',
    because: 'a name that must exist does not (NXDOMAIN)',
  },
  [RCODE.notImp]: { ofUpdate: 'rejected', ofQuestion: 'rejected', because: 'it does not do that (NOTIMP)' },
  [RCODE.refused]: {
    ofUpdate: 'unauthorised',
    ofQuestion: 'not-found',
    because: 'it refused: it does not serve this zone, or does not allow this to this key (REFUSED)',
  },
  [RCODE.yxDomain]: { ofUpdate: 'conflict', ofQuestion: 'rejected', because: 'a name exists that must not (YXDOMAIN)' },
  [RCODE.yxRrset]: {
    ofUpdate: 'conflict',
    ofQuestion: 'rejected',
    because: 'a record set exists that must not (YXRRSET)',
  },
  [RCODE.nxRrset]: {
    ofUpdate: 'conflict',
    ofQuestion: 'rejected',
    because: 'a record set is not as expected (NXRRSET); read it again',
  },
  [RCODE.notAuth]: {
    ofUpdate: 'not-found',
    ofQuestion: 'not-found',
    because: 'it has no authority for this zone (NOTAUTH)',
  },
  [RCODE.notZone]: { ofUpdate: 'rejected', ofQuestion: 'rejected', because: 'a name is outside the zone (NOTZONE)' },
};

/** Null where the answer is not a failure. NXDOMAIN is an answer to a question. */
export const rcodeFailure = (doing: Doing, rcode: number): ProviderError | null => {
  if (rcode === RCODE.noError || (rcode === RCODE.nxDomain && !doing.changes)) return null;
  const meaning = MEANINGS[rcode];
  if (meaning === undefined) return failure(doing, 'rejected', `it answered with code ${rcode}`);
  return failure(doing, doing.changes ? meaning.ofUpdate : meaning.ofQuestion, meaning.because);
};

const WHY: Readonly<Record<number, string>> = {
  [TSIG_ERROR.badSig]: 'it holds another secret for this key (BADSIG)',
  [TSIG_ERROR.badKey]: 'it does not know the key, or not with this algorithm (BADKEY)',
  [TSIG_ERROR.badTime]: 'its clock and ours are more than 300 s apart (BADTIME)',
  [TSIG_ERROR.badTrunc]: 'it wants a longer signature (BADTRUNC)',
};

/** The server did not take our signature: nothing was done. */
export const tsigFailure = (doing: Doing, error: number, apartSeconds: number | null): ProviderError => {
  const clock = apartSeconds === null ? '' : `; they differ by ${apartSeconds} s`;
  return failure(doing, 'unauthorised', `${WHY[error] ?? `the signature was not taken (error ${error})`}${clock}`);
};
