import packet from 'dns-packet';
import type { DnsExchange } from '../../providers/dns-exchange.ts';

type Answer = (question: { readonly name: string; readonly type: string }) => string | null;

/** A name server in this process: one address for each question, or the answer that there is none. */
export const answering =
  (answer: Answer): DnsExchange =>
  async (_, message, __, signal) => {
    signal.throwIfAborted();
    const { id = 0, questions = [] } = packet.decode(Buffer.from(message));
    const [question] = questions;
    const data = question === undefined ? null : answer({ name: `${question.name}.`, type: question.type });
    const name = question?.name ?? '';
    return packet.encode({
      type: 'response',
      id,
      flags: packet.AUTHORITATIVE_ANSWER,
      questions,
      answers: data === null ? [] : [{ type: 'A', name, ttl: 60, data }],
    });
  };
