import type { Findings, Path } from '../problem.ts';
import { shown } from '../read.ts';
import type { LooseFile } from '../signal-uses.ts';
import { isLoopback } from './common.ts';
import { checkSecretSource } from './people.ts';

type Slack = NonNullable<LooseFile['slack']>;

const checkTokens = ({ botTokenFrom, transport }: Slack, findings: Findings): void => {
  checkSecretSource(botTokenFrom, ['slack', 'botTokenFrom'], findings);
  if (transport?.kind === 'socket')
    checkSecretSource(transport.appTokenFrom, ['slack', 'transport', 'appTokenFrom'], findings);
  if (transport?.kind === 'http')
    checkSecretSource(transport.signingSecretFrom, ['slack', 'transport', 'signingSecretFrom'], findings);
};

const checkTwice = (ids: readonly (string | undefined)[], where: (index: number) => Path, findings: Findings): void => {
  for (const [index, id] of ids.entries())
    if (id !== undefined && ids.indexOf(id) < index)
      findings.refuse({
        path: where(index),
        at: 'value',
        found: `${id} a second time`,
        expected: 'each once',
        suggestion: null,
      });
};

const MOVES: readonly string[] = ['operator', 'approver', 'admin'];

/** A second factor that nobody has would keep everybody out (rule 14). */
const checkSecondFactor = (file: LooseFile, { secondFactor, groups }: Slack, findings: Findings): void => {
  if ((secondFactor ?? []).length === 0) return;
  const people = Object.values(file.people ?? {});
  const needs = people.filter(
    (person) =>
      person?.role !== undefined &&
      MOVES.includes(person.role) &&
      person.identities?.some((identity) => identity?.door === 'slack') === true,
  );
  const withSecret = needs.filter((person) => person?.totpSecretFrom !== undefined);
  if (withSecret.length === 0)
    findings.refuse({
      path: ['slack', 'secondFactor'],
      at: 'key',
      found: 'nobody with a Slack identity, a role and a totpSecretFrom',
      expected: 'people who can give the code: add totpSecretFrom to them',
      suggestion: null,
    });
  if (groups?.some((one) => one?.role !== undefined && MOVES.includes(one.role)) === true)
    findings.warn({
      path: ['slack', 'groups'],
      at: 'key',
      found: 'user groups beside a second factor',
      expected: 'people with a totpSecretFrom of their own: who is known by a group alone has no code to give',
      suggestion: null,
    });
};

export const checkSlack = (file: LooseFile, findings: Findings): void => {
  const { slack } = file;
  if (slack === undefined) return;
  checkTokens(slack, findings);
  checkTwice(slack.channels ?? [], (index) => ['slack', 'channels', index], findings);
  checkTwice(
    (slack.groups ?? []).map((one) => one?.group),
    (index) => ['slack', 'groups', index, 'group'],
    findings,
  );
  checkSecondFactor(file, slack, findings);
  const { endpoint } = slack;
  if (endpoint !== undefined && !(isLoopback(endpoint) && endpoint.endsWith('/api/')))
    findings.refuse({
      path: ['slack', 'endpoint'],
      at: 'value',
      found: shown(endpoint),
      expected: 'a loopback address that ends in /api/, or nothing at all for Slack itself',
      suggestion: null,
    });
};
