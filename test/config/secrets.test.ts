import { describe, expect, it } from 'vitest';
import { describeJson, describeText } from '../../src/config/describe.ts';
import { problemText } from '../../src/config/problem.ts';
import { findSecrets, redacted } from '../../src/config/secrets.ts';
import { configOf, EXAMPLE, problemsOf, withValue } from './example.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const SECRETS: readonly (readonly [string, string])[] = [
  ['an AWS access key id', `AKIA${'ABCDEFGH12345678'}`],
  ['a Slack token', `xoxb-${'123456789012-abcdefGHIJKL'}`],
  ['a Slack token', `xapp-${'1-A0123-456-abcdef'}`],
  ['a Slack webhook address', `https://hooks.slack.com/${'services'}/T000/B000/abcdefgh`],
  ['a private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----MIIEabcdef-----END RSA ${'PRIVATE'} KEY-----`],
  ['a GitHub token', `ghp_${'abcdefghijklmnopqrstuvwxyz0123456789'}`],
  ['a JSON Web Token', `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiIxMjM0NTY3ODkwIn0'}.abcdef`],
  ['a password in an address', `https://user:${'pa55word'}@example.com/`],
];

const PLACES = [
  ['fleet'],
  ['signals', 'pager', 'alarm'],
  ['people', 'operator-1', 'role'],
  ['safety', 'drill', 'firstStep'],
];

describe('secrets in a config file', () => {
  it.each(SECRETS)('%s is refused wherever it stands, and never printed', (what, secret) => {
    for (const path of PLACES) {
      const problems = problemsOf(withValue(path, secret));

      expect(problems.map(({ found }) => found)).toContain(`what looks like ${what}`);
      expect(problems.map(problemText).join('\n')).not.toContain(secret.slice(8, -8));
    }
  });

  it('a secret in a comment or as a key is refused and not printed, too', () => {
    const [, secret] = SECRETS[0] ?? ['', ''];

    const asService = EXAMPLE.replace('\n  search:\n', `\n  ${secret}:\n`);
    for (const text of [`${EXAMPLE}\n# ${secret}\n`, `${EXAMPLE}\n${secret}: 1\n`, asService]) {
      const told = problemsOf(text).map(problemText).join('\n');
      expect(told).toContain('what looks like an AWS access key id');
      expect(told).not.toContain(secret);
    }
  });

  it('a secret where the name of a variable belongs is refused without being shown', () => {
    const key = ['providers', 'partner', 'credentials', 'secretAccessKey'];
    const secrets = [`wJalrXUtnFEMI/${'K7MDENG/bPxRfiCY'}EXAMPLEKEY`, 'JBSWY3DPEHPK3PXP', 'hunter2'];

    for (const secret of secrets) {
      const told = problemsOf(withValue(key, secret)).map(problemText).join('\n');
      expect(told).toContain('the NAME of an environment variable');
      expect(told).not.toContain(secret);
    }
  });

  it('finds nothing in the example and leaves it as it is', () => {
    expect(findSecrets(EXAMPLE)).toEqual([]);
    expect(redacted(EXAMPLE)).toBe(EXAMPLE);
  });

  it('stays fast on long texts that only begin like secrets', () => {
    const started = ['xox', 'AKIA', '-----BEGIN PRIVATE KEY-----', 'eyJ', 'a://', 'github_pat_', 'secret: '];

    const found = started.map((start) => findSecrets(start.repeat(100_000)).length);

    expect(found.every((count) => count >= 0)).toBe(true);
  }, 5000);
});

describe('a described config', () => {
  it('shows the units of the file and every name that was made', () => {
    const text = describeText(configOf(EXAMPLE));

    expect(text).toContain('minimumHealthyCapacity: 50%');
    expect(text).toContain('shortestBake: 3m');
    expect(text).toContain('us-east-1: 60%');
    expect(text).toContain('passWithin: 30%');
    expect(text).toContain('from: 09:00');
    expect(text).toContain('signal: requests@checkout/us-east-1');
  });

  it('blots out external ids and the query of addresses', () => {
    const config = configOf(
      withValue(['signals', 'ping', 'url'], 'https://{region}.{service}.example.com/?token=abcdef123'),
    );

    const told = [describeText(config), JSON.stringify(describeJson(config))].join('\n');

    expect(told).toContain('?[redacted]');
    expect(told).not.toContain('abcdef123');
    expect(told).toMatch(/externalId"?: ?"?\[redacted\]/);
  });
});
