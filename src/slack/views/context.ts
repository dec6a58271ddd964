import type { Config } from '../../domain/config.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/units.ts';

/** What every view needs beside the state it shows. Views call nothing and read no clock. */
export interface ViewContext {
  readonly now: Instant;
  /** Slack user ids of people, from the config in force alone: nobody else is ever mentioned. */
  readonly users: ReadonlyMap<PersonId, string>;
  /** Id of the user group that is mentioned when somebody must approve; null for nobody. */
  readonly approversGroup: string | null;
  /** Shows plan and table blocks as well. The sections beside them say the same, so nothing is lost without. */
  readonly decorated: boolean;
}

/** The context of one message, from the config in force. */
export const viewContext = (
  { people, slack }: Pick<Config, 'people' | 'slack'>,
  now: Instant,
  decorated = false,
): ViewContext => {
  const team = slack?.enterprise ?? slack?.team;
  const users = people.flatMap(({ person, identities }) =>
    identities.flatMap((identity): [PersonId, string][] =>
      identity.door === 'slack' && identity.team === team ? [[person, identity.user]] : [],
    ),
  );
  return { now, users: new Map(users), approversGroup: slack?.approversGroup ?? null, decorated };
};
