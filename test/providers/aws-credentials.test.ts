import { describe, expect, it } from 'vitest';
import { awsCredentials, isLoopback, timedTransport } from '../../providers/aws-credentials.ts';
import type { ProviderConfig } from '../../src/domain/config.ts';
import { SANDBOX_CONFIG } from '../contracts/steering/route53-world.ts';

const config = (extra: Partial<ProviderConfig>): ProviderConfig => ({ ...SANDBOX_CONFIG, ...extra });

const KEYS: ProviderConfig['credentials'] = {
  kind: 'environment',
  accessKeyId: 'BREAK_GLASS_ID',
  secretAccessKey: 'BREAK_GLASS_SECRET',
};

const opened = (its: ProviderConfig, environment: Record<string, string> = {}) =>
  awsCredentials(its, environment, timedTransport());

describe('credentials of a provider', () => {
  it.each([
    ['http://127.0.0.1:4577', true],
    ['http://localhost:80', true],
    ['http://[::1]:80', true],
    ['http://127.0.0.1.example.com', false],
    ['http://localhost.example.com', false],
    ['http://10.0.0.1', false],
    ['not a url', false],
    [null, false],
  ])('take %s for loopback: %s', (endpoint, is) => {
    expect(isLoopback(endpoint)).toBe(is);
  });

  it.each([null, 'https://route53.amazonaws.com', 'http://127.0.0.1.example.com'])(
    'of the sandbox never leave this machine for %s',
    (endpoint) => {
      expect(() => opened(config({ endpoint }))).toThrow(/loopback only/);
    },
  );

  it('are read from the variables that the config names', () => {
    const environment = { BREAK_GLASS_ID: 'id', BREAK_GLASS_SECRET: 'secret', AWS_SESSION_TOKEN: 'of somebody else' };

    expect(opened(config({ credentials: KEYS }), environment)).toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    });
  });

  it('come with the session token that stands beside them', () => {
    const credentials = { ...KEYS, accessKeyId: 'AWS_ACCESS_KEY_ID', secretAccessKey: 'AWS_SECRET_ACCESS_KEY' };
    const environment = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };

    expect(opened(config({ credentials }), environment)).toMatchObject({ sessionToken: 'token' });
  });

  it('that are missing are named by their variable, and no value is ever shown', () => {
    const missing = () => opened(config({ credentials: KEYS }), { BREAK_GLASS_ID: 'AKIASECRET' });

    expect(missing).toThrow(/BREAK_GLASS_SECRET is empty/);
    expect(missing).not.toThrow(/AKIASECRET/);
  });

  it('of a default chain and of a role are looked up only when they are needed', () => {
    const role = { roleArn: 'arn:aws:iam::111122223333:role/steer', externalId: 'x' };

    expect(opened(config({ credentials: { kind: 'aws-default-chain' } }))).toBeTypeOf('function');
    expect(opened(config({ assumeRole: role }))).toBeTypeOf('function');
  });
});
