import { canonicalText } from '../../domain/canonical.ts';
import type { Findings, Path } from '../problem.ts';
import type { Loose } from '../read.ts';
import type { File } from '../schema/file.ts';
import { ROLES } from '../schema/people.ts';
import type { LooseFile } from '../signal-uses.ts';
import { checkNames, isLoopback } from './common.ts';

type LoosePerson = Loose<File['people'][string]>;

/** A secret is found in one place: exactly one of `env` and `file`. */
export const checkSecretSource = (
  source: { readonly env?: string | undefined; readonly file?: string | undefined } | undefined,
  path: Path,
  findings: Findings,
): void => {
  if (source === undefined || (source.env === undefined) !== (source.file === undefined)) return;
  const found = source.env === undefined ? 'neither env nor file' : 'both env and file';
  findings.refuse({ path, at: 'key', found, expected: 'exactly one of env and file', suggestion: null });
};

const isSandboxed = (file: LooseFile): boolean =>
  Object.values(file.providers ?? {}).every(
    (provider) =>
      provider?.vendor === 'memory' ||
      (isLoopback(provider?.endpoint ?? '') && isLoopback(provider?.cloudwatchEndpoint ?? provider?.endpoint ?? '')),
  );

const checkIdentities = (file: LooseFile, findings: Findings): void => {
  const owners = new Map<string, string>();
  for (const [name, person] of Object.entries(file.people ?? {})) {
    for (const [index, identity] of (person?.identities ?? []).entries()) {
      if (identity === undefined) continue;
      const path = ['people', name, 'identities', index];
      const owner = owners.get(canonicalText(identity));
      const refuse = (found: string, expected: string): void =>
        findings.refuse({ path, at: 'value', found, expected, suggestion: null });
      if (owner !== undefined)
        refuse(
          `an identity that ${owner} has, too`,
          'every identity at one person: asker and approver are compared as people',
        );
      owners.set(canonicalText(identity), name);
      if (identity.door === 'sandbox' && !isSandboxed(file))
        refuse('an identity of the sandbox', 'such identities only while the endpoint of every provider is loopback');
    }
    if (person?.identities?.length === 0)
      findings.refuse({
        path: ['people', name, 'identities'],
        at: 'value',
        found: 'an empty list',
        expected: 'at least one identity, otherwise nobody can be this person',
        suggestion: null,
      });
  }
};

const hasRole = (person: LoosePerson | undefined, least: (typeof ROLES)[number]): boolean =>
  person?.role !== undefined && ROLES.indexOf(person.role) >= ROLES.indexOf(least);

/** A config that nobody can approve under is a dead end (rule 14): nothing could ever move, and nothing could change that. */
const checkEnoughPeople = (file: LooseFile, findings: Findings): void => {
  const people = Object.values(file.people ?? {});
  if (people.some((person) => person?.role === undefined)) return;
  const withRole = (least: (typeof ROLES)[number]): number => people.filter((person) => hasRole(person, least)).length;
  const refuse = (found: string, expected: string): void =>
    findings.refuse({ path: ['people'], at: 'key', found, expected, suggestion: null });
  if (withRole('admin') === 0) refuse('no admin', 'at least one: only an admin accepts a config and freezes');
  const needsApproval = Object.values(file.safety ?? {}).some((limits) => limits?.approvals === 'one-other-person');
  if (needsApproval && (withRole('approver') === 0 || withRole('operator') < 2))
    refuse(
      'too few people to ask and to approve',
      'an approver and, beside this person, somebody who is at least operator',
    );
  else if (withRole('admin') > 0 && withRole('approver') < 2)
    findings.warn({
      path: ['people'],
      at: 'key',
      found: 'one admin and no second approver or admin',
      expected: 'two, otherwise a weaker config and break-glass can never be accepted by two people',
      suggestion: null,
    });
};

export const checkPeople = (file: LooseFile, findings: Findings): void => {
  checkNames(file.people, ['people'], findings);
  checkIdentities(file, findings);
  checkEnoughPeople(file, findings);
  for (const [name, person] of Object.entries(file.people ?? {}))
    checkSecretSource(person?.totpSecretFrom, ['people', name, 'totpSecretFrom'], findings);
};
