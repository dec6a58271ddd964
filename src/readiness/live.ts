import type { Config } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import { answeringSets } from './checks.ts';
import { failOpenFindings } from './fails-open.ts';
import { familyFindings } from './families.ts';
import { type Finding, orOk } from './finding.ts';
import { markerFindings, type OwnStore } from './markers.ts';
import { missingMembers, readSetsOf, shareFindings, strangerFindings, unreadFindings } from './records.ts';
import { ttlFindings } from './ttl.ts';

/** The records beside the config: everything that would make a move fail, or go where nobody expects. */
export const liveFindings = (config: Config, facts: Facts, own: OwnStore): readonly Finding[] => {
  const sets = readSetsOf(config, facts);
  const read = unreadFindings(config, facts);
  // About records that nobody could read there is nothing good to say.
  if (sets.length === 0) return read;
  const answering = answeringSets(sets, facts);
  return [
    ...read,
    ...orOk('members', 'every region has its record in every set, and nobody else has one', [
      ...missingMembers(sets, facts),
      ...strangerFindings(sets),
    ]),
    ...orOk('shares', 'every set serves its home shares', shareFindings(sets, facts)),
    ...orOk('ttl', 'every TTL is as the config says, and short', ttlFindings(sets)),
    ...orOk('fail-open', 'a drained region stays drained', failOpenFindings(answering, facts)),
    ...orOk('families', 'A and AAAA of every name lead to the same regions', familyFindings(sets)),
    ...markerFindings(facts, own),
  ];
};
