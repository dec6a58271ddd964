import { describe, expect, it } from 'vitest';
import type { SlackConfig } from '../../../src/domain/config.ts';
import { personId } from '../../../src/domain/ids.ts';
import type { Finding } from '../../../src/readiness/finding.ts';
import { checkSlack, type SlackEyes, SlackSays } from '../../../src/slack/set-up/check.ts';
import { BOT_SCOPES, manifest } from '../../../src/slack/set-up/manifest.ts';

const slack: SlackConfig = {
  team: 'T1',
  enterprise: null,
  botTokenFrom: { env: 'BOT' },
  transport: { kind: 'socket', appTokenFrom: { env: 'APP' } },
  channel: 'C1',
  channels: ['C1', 'C2'],
  approversGroup: 'S1',
  groups: [{ group: 'S2', role: 'responder' }],
  membershipMaximumAgeMs: 60_000,
  secondFactor: [],
  endpoint: null,
};

const person = (user: string, team = 'T1') => ({
  person: personId('operator-1'),
  role: 'operator' as const,
  identities: [{ door: 'slack' as const, team, user }],
  shared: false,
  totpSecretFrom: null,
});

const eyes = (over: Partial<SlackEyes> = {}): SlackEyes => ({
  bot: async () => ({ team: 'T1', enterprise: null, scopes: BOT_SCOPES }),
  socket: async () => {},
  channel: async () => ({ name: 'ops', isMember: true, isArchived: false, isShared: false }),
  groups: async () => ['S1', 'S2'],
  user: async () => ({ name: 'someone', deleted: false, isGuest: false, isBot: false }),
  ...over,
});

const wrong = (findings: readonly Finding[]) => findings.filter(({ level }) => level !== 'ok');

const refused = (code: string) => async () => {
  throw new SlackSays(code);
};

describe('slack check', () => {
  it('finds nothing wrong where everything is as the config says', async () => {
    const findings = await checkSlack(slack, [person('U1')], eyes());

    expect(wrong(findings)).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual([
      'bot token',
      'scopes',
      'app token',
      'channel C1',
      'channel C2',
      'user group S2',
      'user group S1',
      'person operator-1',
    ]);
  });

  it.each([
    ['another workspace', { bot: async () => ({ team: 'T9', enterprise: null, scopes: BOT_SCOPES }) }, 'bot token'],
    ['a token of the wrong kind', { bot: refused('not_allowed_token_type') }, 'bot token'],
    ['a scope too few', { bot: async () => ({ team: 'T1', enterprise: null, scopes: BOT_SCOPES.slice(1) }) }, 'scopes'],
    [
      'a scope too many',
      { bot: async () => ({ team: 'T1', enterprise: null, scopes: [...BOT_SCOPES, 'channels:history'] }) },
      'scopes',
    ],
    ['no socket', { socket: refused('invalid_auth') }, 'app token'],
    ['no such channel', { channel: refused('channel_not_found') }, 'channel C1'],
    [
      'an archived channel',
      { channel: async () => ({ name: 'ops', isMember: true, isArchived: true, isShared: false }) },
      'channel C1',
    ],
    [
      'a shared channel',
      { channel: async () => ({ name: 'ops', isMember: true, isArchived: false, isShared: true }) },
      'channel C1',
    ],
    [
      'a channel without the bot',
      { channel: async () => ({ name: 'ops', isMember: false, isArchived: false, isShared: false }) },
      'channel C1',
    ],
    ['a group that is gone', { groups: async () => ['S2'] }, 'user group S1'],
    ['no paid plan', { groups: refused('paid_teams_only') }, 'user groups'],
    [
      'a guest',
      { user: async () => ({ name: 'someone', deleted: false, isGuest: true, isBot: false }) },
      'person operator-1',
    ],
  ] as const)('finds %s, and says what would mend it', async (_, over, check) => {
    const findings = wrong(await checkSlack(slack, [person('U1')], eyes(over)));

    expect(findings[0]?.check).toBe(check);
    expect(findings[0]?.remedy).not.toBeNull();
  });

  it('asks nothing more of a token that is not good, and nothing about people of another workspace', async () => {
    const asked: string[] = [];
    const user = async (id: string) => {
      asked.push(id);
      return { name: 'someone', deleted: false, isGuest: false, isBot: false };
    };

    const bad = await checkSlack(slack, [person('U1')], eyes({ bot: refused('invalid_auth'), user }));
    const foreign = await checkSlack(slack, [person('U2', 'T7')], eyes({ user }));

    expect(bad.map(({ check }) => check)).toEqual(['bot token', 'app token']);
    expect(wrong(foreign).map(({ says }) => says)).toEqual(['T7 is not the workspace of this config']);
    expect(asked).toEqual([]);
  });

  it('says that Slack could not be reached where nobody answered, without what was sent', async () => {
    const silent = async (): Promise<never> => {
      throw new Error('connect ECONNREFUSED with xoxb-something');
    };

    const findings = await checkSlack(slack, [], eyes({ bot: silent, socket: silent }));

    expect(findings.map(({ says }) => says)).toEqual(['Slack could not be reached', 'Slack could not be reached']);
  });
});

describe('the manifest', () => {
  it('asks for no scope that reads what people say, and for none twice', () => {
    const scopes: readonly string[] = BOT_SCOPES;

    expect(
      scopes.filter((scope) => scope.includes('history') || scope.includes('admin') || scope.endsWith('.public')),
    ).toEqual([]);
    expect(new Set(scopes).size).toBe(scopes.length);
  });

  it('names the address wherever Slack has to call, and nowhere for Socket Mode', () => {
    const http = JSON.stringify(manifest({ kind: 'http', url: 'https://steer.example.com/slack/events' }));
    const socket = JSON.stringify(manifest({ kind: 'socket' }));

    expect(http.match(/steer\.example\.com/g)).toHaveLength(3);
    expect(http).toContain('"socket_mode_enabled":false');
    expect(socket).not.toContain('url');
    expect(socket).toContain('"socket_mode_enabled":true');
  });
});
