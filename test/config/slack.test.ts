import { describe, expect, it } from 'vitest';
import { configFromJson } from '../../src/config/config-schema.ts';
import { diff } from '../../src/config/diff.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import { configOf, EXAMPLE, edited, problemsOf, without, withValue } from './example.ts';

const IN_FORCE = configOf(EXAMPLE);

const effectsOf = (text: string) => diff(IN_FORCE, configOf(text)).map(({ path, effect }) => `${path} ${effect}`);

describe('the slack section', () => {
  it('may be left out, and then no config has any trace of it', () => {
    const config = configOf(without(['slack']));

    expect(Object.keys(config)).not.toContain('slack');
    expect(canonicalText(configFromJson(JSON.parse(JSON.stringify(config))))).toBe(canonicalText(config));
  });

  it('says what is there, with the channel of the live messages among those in which moves may be asked for', () => {
    const { slack } = IN_FORCE;

    expect(slack).toMatchObject({
      team: 'T0EXAMPLE',
      enterprise: null,
      membershipMaximumAgeMs: 60_000,
      endpoint: null,
    });
    expect(slack?.channels).toEqual(['C0OPERATIONS', 'C0ONCALL']);
    expect(configFromJson(JSON.parse(JSON.stringify(IN_FORCE))).slack).toEqual(slack);
  });

  it.each([
    [['slack', 'channel'], '#operations', 'slack.channel'],
    [['slack', 'team'], 'example', 'slack.team'],
    [['slack', 'membershipMaximumAge'], 60, 'slack.membershipMaximumAge'],
    [['slack', 'botTokenFrom'], {}, 'slack.botTokenFrom'],
    [['slack', 'transport'], { kind: 'http', port: 8080 }, 'slack.transport.signingSecretFrom'],
    [['slack', 'channels'], ['C1', 'C1'], 'slack.channels[1]'],
    [['slack', 'endpoint'], 'https://slack.example.com/api/', 'slack.endpoint'],
    [['slack', 'endpoint'], 'http://127.0.0.1:4000/api', 'slack.endpoint'],
    [['slack', 'secondFactor'], ['hold'], 'slack.secondFactor[0]'],
  ])('refuses %j as %j', (path, value, where) => {
    const paths = problemsOf(withValue(path, value)).map((problem) => problem.path);

    expect(paths).toContain(where);
  });

  it('rule 14: refuses a second factor that nobody has, since it would keep everybody out', () => {
    const text = edited((file) => {
      file.deleteIn(['people', 'approver-1', 'totpSecretFrom']);
      file.deleteIn(['people', 'admin-1', 'totpSecretFrom']);
    });

    const problems = problemsOf(text);

    expect(problems).toContainEqual(expect.objectContaining({ path: 'slack.secondFactor' }));
  });

  it('rule 8: what opens the door wider weakens, and what narrows it strengthens', () => {
    const changes = [
      withValue(['slack', 'groups', 1], { group: 'S1', role: 'admin' }),
      withValue(['slack', 'channels', 1], 'C0OPEN'),
      withValue(['slack', 'membershipMaximumAge'], '10m'),
      withValue(['slack', 'secondFactor'], []),
      withValue(['slack', 'team'], 'T0OTHER'),
    ].flatMap(effectsOf);
    const stricter = [
      without(['slack', 'groups', 0]),
      withValue(['slack', 'secondFactor'], ['start', 'break-glass']),
      withValue(['slack', 'membershipMaximumAge'], '30s'),
    ].flatMap(effectsOf);

    expect(changes.filter((change) => !change.endsWith(' weakens'))).toEqual([]);
    expect(changes).toHaveLength(5);
    expect(stricter.filter((change) => !change.endsWith(' strengthens'))).toEqual([]);
    expect(stricter).toHaveLength(3);
  });

  it('rule 8: a door that comes or goes needs two people', () => {
    const closing = effectsOf(without(['slack']));
    const opening = diff(configOf(without(['slack'])), IN_FORCE).map(({ path, effect }) => `${path} ${effect}`);

    expect(closing).toContain('slack weakens');
    expect(opening).toContain('slack weakens');
  });
});
