import type { Clock } from '../../src/ports/clock.ts';
import type { CallObserver } from '../calls.ts';
import type { DnsExchange, DnsTransfer } from '../dns-exchange.ts';
import { ProviderError } from '../errors.ts';
import type { CallPolicy } from '../resilience.ts';
import { MalformedDns } from './bytes.ts';
import { type Doing, failure, rcodeFailure, tsigFailure } from './failures.ts';
import {
  type DnsMessage,
  decodeMessage,
  encodeRequest,
  OPCODE,
  type Outgoing,
  RCODE,
  type WireRecord,
} from './message.ts';
import { comparable, isWithin } from './names.ts';
import { signed, type TsigKey, type Verdict, type Verifier, verifierOf } from './tsig.ts';
import { CLASS, TYPE } from './types.ts';

export interface DnsAccountOptions {
  readonly vendor: string;
  /** The primary, `host:port`. */
  readonly server: string;
  /** Read anew for every call, so that the secret can be changed while steer runs. */
  readonly key: () => Promise<TsigKey>;
  readonly exchange: DnsExchange;
  readonly transfer: DnsTransfer;
  readonly policy: CallPolicy;
  readonly clock: Clock;
  readonly observe: CallObserver;
}

export interface Update {
  readonly prerequisites: readonly WireRecord[];
  readonly updates: readonly WireRecord[];
}

/**
 * One primary, asked and changed over TCP with signed messages whose answers are believed only when they are signed, too.
 * Every failure is a `ProviderError`.
 */
export interface DnsAccount {
  /**
   * The records of one name and type. Null where the name is delegated: the server then shows where to ask, and not what it
   * holds itself. Throws `not-found` where the server has no authority for the zone.
   */
  ask(zone: string, name: string, type: number, signal: AbortSignal): Promise<readonly WireRecord[] | null>;
  /** Every record of the zone as it was at one moment, the SOA first and once (RFC 5936). */
  transfer(zone: string, signal: AbortSignal): Promise<readonly WireRecord[]>;
  /** One update: all of it or nothing (RFC 2136, 3). Throws `conflict` when a prerequisite does not hold. */
  update(zone: string, update: Update, signal: AbortSignal): Promise<void>;
  /** The SOA as any server shows it, without a signature: a secondary may not know the key. Null where it has none. */
  soaAt(server: string, zone: string, signal: AbortSignal): Promise<WireRecord | null>;
}

const MOST_IDS = 65_536;

/** What is left of the 65,535 bytes of a message once it is signed: names of 255 bytes, a MAC of 64. */
const MOST_BYTES = 64_500;

/** The bytes were no answer of a name server, or not one to this question. */
const unclear = (doing: Doing, why: string): ProviderError =>
  failure(doing, doing.changes ? 'unknown-outcome' : 'unreadable', why);

const noAnswer = (doing: Doing, cause: unknown): ProviderError => {
  const why = cause instanceof Error ? cause.message : String(cause);
  return failure(doing, doing.changes ? 'unknown-outcome' : 'unavailable', `no answer (${why})`);
};

const isAnswerTo = ({ isAnswer, id, opcode }: DnsMessage, asked: Outgoing): boolean =>
  isAnswer && id === asked.id && opcode === asked.opcode;

const answersOf = ({ answers }: DnsMessage, name: string, type: number): readonly WireRecord[] =>
  answers.filter((record) => record.type === type && comparable(record.name) === comparable(name));

/** The servers of a zone below this one, instead of an answer (RFC 1034, 4.3.2). */
const isReferral = ({ authority, rcode }: DnsMessage, zone: string): boolean =>
  rcode === RCODE.noError &&
  authority.some(({ name, type }) => type === TYPE.NS && isWithin(name, zone) && comparable(name) !== comparable(zone));

/**
 * A refusal without a signature to a question may be believed: whoever forged it has only kept us from reading. To an update it
 * may not: it could hide one that has landed.
 */
const unsignedFailure = (doing: Doing, message: DnsMessage, asked: Outgoing): ProviderError => {
  const isRefusal = message.rcode === RCODE.refused || message.rcode === RCODE.notAuth;
  const failed = isRefusal && !doing.changes && isAnswerTo(message, asked) ? rcodeFailure(doing, message.rcode) : null;
  return failed ?? unclear(doing, 'the answer is not signed');
};

export const createDnsAccount = (options: DnsAccountOptions): DnsAccount => {
  const { vendor, server, exchange, clock, observe, policy } = options;
  let lastId = clock.now() % MOST_IDS;
  const nextId = (): number => {
    lastId = (lastId + 1) % MOST_IDS;
    return lastId;
  };
  const nowSeconds = (): number => Math.floor(clock.now() / 1000);

  /** One call, counted with what became of it. */
  const counted = async <T>(doing: Doing, work: () => Promise<T>): Promise<T> => {
    const startedAt = clock.now();
    const tell = (outcome: Parameters<CallObserver>[0]['outcome']): void =>
      observe({ vendor, action: doing.action, zone: doing.zone, outcome, tookMs: clock.now() - startedAt });
    try {
      const result = await work();
      tell('ok');
      return result;
    } catch (cause) {
      const known =
        cause instanceof MalformedDns ? unclear(doing, `the answer is no DNS message: ${cause.message}`) : cause;
      tell(known instanceof ProviderError ? known.kind : 'unreadable');
      throw known;
    }
  };

  const carriedOut = <T>(doing: Doing, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> => {
    const attempt = (inner: AbortSignal): Promise<T> => counted(doing, () => work(inner));
    return doing.changes ? policy.write(attempt, signal) : policy.read(attempt, signal);
  };

  const believed = (doing: Doing, asked: Outgoing, verdict: Verdict): DnsMessage => {
    if (verdict.verdict === 'bad') throw unclear(doing, verdict.because);
    if (verdict.verdict === 'refused') {
      const apart = verdict.serverSeconds === null ? null : Math.abs(verdict.serverSeconds - nowSeconds());
      throw tsigFailure(doing, verdict.error, apart);
    }
    if (verdict.verdict === 'unsigned') throw unsignedFailure(doing, verdict.message, asked);
    if (!isAnswerTo(verdict.message, asked)) throw unclear(doing, 'the answer belongs to another question');
    const failed = rcodeFailure(doing, verdict.message.rcode);
    if (failed !== null) throw failed;
    return verdict.message;
  };

  /** The request with its signature, and what judges its answers. */
  const prepared = async (asked: Outgoing): Promise<{ readonly request: Uint8Array; readonly verifier: Verifier }> => {
    const key = await options.key();
    const { message, mac } = signed(encodeRequest(asked), key, nowSeconds());
    return { request: message, verifier: verifierOf(key, mac) };
  };

  const sentTo = async (doing: Doing, request: Uint8Array, signal: AbortSignal): Promise<Uint8Array> => {
    try {
      return await exchange(doing.server, request, 'tcp', signal);
    } catch (cause) {
      throw noAnswer(doing, cause);
    }
  };

  const talk = async (doing: Doing, asked: Outgoing, signal: AbortSignal): Promise<DnsMessage> => {
    const { request, verifier } = await prepared(asked);
    return believed(doing, asked, verifier.verify(await sentTo(doing, request, signal), nowSeconds()));
  };

  const doingOf = (action: string, zone: string, changes = false): Doing => ({ vendor, action, zone, server, changes });

  const transferred = async (doing: Doing, asked: Outgoing, signal: AbortSignal): Promise<readonly WireRecord[]> => {
    const { request, verifier } = await prepared(asked);
    const records: WireRecord[] = [];
    let isProven = true;
    const isLast = (bytes: Uint8Array): boolean => {
      const verdict = verifier.verify(bytes, nowSeconds());
      records.push(...believed(doing, asked, verdict).answers);
      isProven = verdict.verdict === 'good';
      const [first, last] = [records[0], records.at(-1)];
      if (first?.type !== TYPE.SOA) throw unclear(doing, 'the transfer does not begin with the SOA');
      return records.length > 1 && last?.type === TYPE.SOA;
    };
    try {
      await options.transfer(doing.server, request, isLast, signal);
    } catch (cause) {
      throw cause instanceof ProviderError || cause instanceof MalformedDns ? cause : noAnswer(doing, cause);
    }
    if (!isProven) throw unclear(doing, 'the last message of the transfer is not signed');
    return records.slice(0, -1);
  };

  return {
    ask(zone, name, type, signal) {
      const doing = doingOf('question', zone);
      return carriedOut(
        doing,
        async (inner) => {
          const asked = { id: nextId(), opcode: OPCODE.query, question: { name, type } };
          const message = await talk(doing, asked, inner);
          const answers = answersOf(message, name, type);
          if (message.isAuthoritative) return answers;
          if (isReferral(message, zone)) return null;
          throw failure(doing, 'not-found', 'it has no authority for this zone');
        },
        signal,
      );
    },

    transfer(zone, signal) {
      const doing = doingOf('transfer', zone);
      const asked = () => ({ id: nextId(), opcode: OPCODE.query, question: { name: zone, type: TYPE.AXFR } });
      return carriedOut(doing, (inner) => transferred(doing, asked(), inner), signal);
    },

    async update(zone, { prerequisites, updates }, signal) {
      const doing = doingOf('update', zone, true);
      const question = { name: zone, type: TYPE.SOA };
      const content = { question, answers: prerequisites, authority: updates };
      const { length } = encodeRequest({ id: 0, opcode: OPCODE.update, ...content });
      if (length > MOST_BYTES)
        throw failure(doing, 'too-large', `${length} bytes in one update; a message holds ${MOST_BYTES}`);
      await carriedOut(
        doing,
        (inner) => talk(doing, { id: nextId(), opcode: OPCODE.update, ...content }, inner),
        signal,
      );
    },

    soaAt(asked, zone, signal) {
      const doing = { ...doingOf('serial', zone), server: asked };
      return carriedOut(
        doing,
        async (inner) => {
          const outgoing = { id: nextId(), opcode: OPCODE.query, question: { name: zone, type: TYPE.SOA } };
          const { message } = decodeMessage(await sentTo(doing, encodeRequest(outgoing), inner));
          if (!isAnswerTo(message, outgoing)) throw unclear(doing, 'the answer belongs to another question');
          const failed = rcodeFailure(doing, message.rcode);
          if (failed !== null) throw failed;
          const [soa] = answersOf(message, zone, TYPE.SOA);
          return soa?.class === CLASS.IN && message.isAuthoritative ? soa : null;
        },
        signal,
      );
    },
  };
};
