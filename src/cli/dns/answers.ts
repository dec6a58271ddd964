import { hasFindings } from '../../dns/answers.ts';
import { quoted } from '../../grammar/clean.ts';
import { dnsAnswers } from '../../operations/dns/answers.ts';
import { EXIT } from '../exit-codes.ts';
import { answerLines } from '../render/dns-answers.ts';
import type { DnsAct } from './dns-run.ts';
import type { Flags } from './flags.ts';

/** A share of 1 % and more is seen at least once with 95 % confidence (3 over the number of questions). */
const USUAL_QUERIES = 300;
const MOST_QUERIES = 10_000;
const SERVER = /^(?:\[[0-9a-f:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/i;

const queriesOf = (flags: Flags): number => {
  const typed = flags.text('queries');
  if (typed === null) return USUAL_QUERIES;
  const count = /^\d{1,6}$/.test(typed) ? Number(typed) : 0;
  if (count >= 1 && count <= MOST_QUERIES) return count;
  flags.problems.push(`--queries ${quoted(typed)}: write a whole number from 1 to ${MOST_QUERIES}, like 1000.`);
  return USUAL_QUERIES;
};

/** `dns answers`: exit code 1 when servers say something else than what is configured, or say nothing. */
export const nameAnswers = (flags: Flags): DnsAct => {
  const servers = flags.list('server');
  for (const server of servers.filter((one) => !SERVER.test(one)))
    flags.problems.push(`--server ${quoted(server)} is no server. Write host:port, like ns1.example.com:53.`);
  const typed = {
    name: flags.word(0) ?? '',
    type: flags.text('type') ?? 'A',
    queries: queriesOf(flags),
    provider: flags.text('provider'),
    servers,
  };
  return async ({ ask, print }) => {
    const answer = await dnsAnswers(ask, typed);
    if (!answer.ok) return print.refusal(answer.refusal);
    print.answer(answer.value, (style) => answerLines(answer.value, style));
    return hasFindings(answer.value) ? EXIT.failed : EXIT.done;
  };
};
