import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/compose/doctor.ts';
import { checkAccounts } from '../../src/compose/vendor-actions.ts';
import { checkProviders } from '../../src/operations/check-provider.ts';
import { freeze } from '../../src/operations/freeze.ts';
import { type Finding, notOk } from '../../src/readiness/finding.ts';
import { createInProcessHandler } from '../../src/sandbox/in-process-handler.ts';
import { ADMIN, initialised, type Place, place, warmedUp } from './place.ts';

const LEASE_MS = 60 * 60 * 1000;

const findingsAt = (made: Place, more: Partial<Place['sandbox']['mount']> = {}): Promise<readonly Finding[]> =>
  made.within(() => examine(made.options, '26.1.0', { ...made.sandbox.mount, ...more }));

const told = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ level, check, says, remedy }) => `${level} ${check}: ${says} → ${remedy}`);

/** As an operator leaves it on a good day: proven accounts, and a process that executes. */
const inService = async (): Promise<Place> => {
  const made = await warmedUp(await initialised(place()));
  await made.atDesk(async ({ deps, product, mount }) => {
    await product.store.lease.acquire('executor-1', LEASE_MS);
    const world = await product.world();
    if (world === null) throw new Error('no config is in force');
    await checkProviders(deps, ADMIN, () => checkAccounts(world, mount, null));
  });
  return made;
};

describe('the doctor', () => {
  it('finds nothing where everything is as it should be', async () => {
    const made = await inService();

    const findings = await findingsAt(made);

    expect(told(notOk(findings))).toEqual([]);
    expect(new Set(findings.map(({ check }) => check))).toEqual(
      new Set(
        'node audit store config you serve freeze runs out provider read members shares ttl fail-open families markers signals clock'.split(
          ' ',
        ),
      ),
    );
  });

  it('says what an account, a process and a person still lack after store init, and what to type', async () => {
    const made = await warmedUp(await initialised(place()));

    const findings = notOk(await findingsAt(made));

    expect(findings.map(({ level, check, remedy }) => `${level} ${check} ${remedy}`)).toEqual([
      'warn serve steer serve',
      'warn provider steer provider check sandbox',
    ]);
  });

  it('names the store that is not made yet, and still judges the file', async () => {
    const made = place();

    const findings = await findingsAt(made);

    expect(told(findings).join('\n')).toMatch(/ok config: .*steer\.yaml is valid/);
    expect(told(notOk(findings)).join('\n')).toMatch(/^fail store: .*steer store init/);
  });

  it('tells once that there is no config file', async () => {
    const made = place();
    const options = { configFile: `${made.options.configFile}.gone` };

    const findings = await made.within(() => examine(options, '26.1.0', made.sandbox.mount));

    expect(told(notOk(findings))).toHaveLength(1);
    expect(told(notOk(findings))[0]).toContain('There is no config file');
  });

  it('an old Node is the first thing it says', async () => {
    const made = place();

    const [first] = await made.within(() => examine(made.options, '22.9.0', made.sandbox.mount));

    expect(first).toMatchObject({ level: 'fail', check: 'node' });
  });

  it('tells a freeze, a file that is not in force, and records that somebody else has changed', async () => {
    const made = await inService();
    await made.atDesk(({ deps }) => freeze(deps, ADMIN, { because: 'the quarter ends', forMs: null }));
    made.write(readFileSync(made.options.configFile, 'utf8').replace(/largestStep: \d+%/, 'largestStep: 40%'));
    const [zone = ''] = Object.values(made.sandbox.local.zoneIds);
    made.sandbox.local.route53.foreignEdit(zone, (records) => {
      for (const [key, record] of records)
        if (record.setIdentifier === 'us-west-2') records.set(`${key}-canary`, { ...record, setIdentifier: 'canary' });
    });

    const text = told(notOk(await findingsAt(made))).join('\n');

    expect(text).toContain('warn freeze: admin-1 froze the fleet: the quarter ends → steer unfreeze');
    expect(text).toMatch(/warn config: .* NOT in force, weakening a guard: .*largestStep.* → steer config diff/);
    expect(text).toMatch(/fail members: checkout\.shop\.example\. A holds canary, which no region/);
  });

  it('goes on where the vendor and monitoring are out, and says of both that they are', async () => {
    const made = await inService();
    const out = createInProcessHandler(async () => ({ status: 503, headers: {}, body: '' }));

    const findings = await findingsAt(made, { aws: out });

    const text = told(notOk(findings)).join('\n');
    expect(text).toMatch(/fail read: sandbox could not be read/);
    expect(text).toMatch(/fail signals: fail: \d+ signals: errors@/);
    expect(findings.find(({ check }) => check === 'audit')?.level).toBe('ok');
  });

  it('never prints a secret, also where it is why something does not open', async () => {
    const made = place();
    const secret = 'not-for-anybody';
    const fromEnvironment = 'credentials: { kind: environment, accessKeyId: KEY_ID, secretAccessKey: SECRET_KEY }';
    made.write(
      readFileSync(made.options.configFile, 'utf8').replace(/credentials: \{ kind: sandbox.*\}/, fromEnvironment),
    );
    await initialised(made);

    const findings = await findingsAt(made, { environment: { KEY_ID: secret, SECRET_KEY: '' } });

    expect(told(findings).join('\n')).toContain('SECRET_KEY');
    expect(JSON.stringify(findings)).not.toContain(secret);
  });
});
