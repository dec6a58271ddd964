import { describe, expect, it } from 'vitest';
import type { Mount } from '../../src/compose/mount.ts';
import { checkAccounts } from '../../src/compose/vendor-actions.ts';
import { checkProviders, type ProviderVerdict } from '../../src/operations/check-provider.ts';
import { ADMIN, initialised, type Place, place } from './place.ts';

/** What `provider check` types for the only account, and what the journal then knows of it. */
const check = (made: Place, more: Partial<Mount> = {}) =>
  made.atDesk(async ({ deps, product, mount }) => {
    const world = (await product.world()) ?? expect.fail('no config is in force');
    const answer = await checkProviders(deps, ADMIN, () => checkAccounts(world, { ...mount, ...more }, null));
    const [verdict]: readonly ProviderVerdict[] = answer.ok ? answer.value : [];
    return { verdict, proven: [...(await product.fleet()).provenAliasZero] };
  });

const late = async (): Promise<never> => {
  throw Object.assign(new Error('no reply in time'), { code: 'ETIMEDOUT' });
};

describe('provider check of the accounts of a config', () => {
  it('asks the name servers of the config, and keeps what their answers proved', async () => {
    const made = await initialised(place());

    const { verdict, proven } = await check(made);

    expect(verdict).toMatchObject({ provider: 'sandbox', conditionalWrite: 'native', zeroOnAlias: true });
    expect(verdict?.findings.every((finding) => finding.startsWith('ok   '))).toBe(true);
    expect(proven).toEqual(['sandbox']);
  });

  it('proves nothing about aliases without an answer, names the servers, and takes an older proof back', async () => {
    const made = await initialised(place());
    const before = await check(made);

    const after = await check(made, { dns: { udp: late, tcp: late } });

    expect(before.proven).toEqual(['sandbox']);
    expect(after.verdict).toMatchObject({ conditionalWrite: 'native', zeroOnAlias: false });
    expect(after.verdict?.findings.filter((finding) => finding.startsWith('OPEN'))).toEqual([
      expect.stringMatching(/^OPEN alias-control: 0 of 100 questions .*127\.0\.0\.1:4/),
      expect.stringContaining('OPEN alias-zero'),
    ]);
    expect(after.proven).toEqual([]);
  });
});
