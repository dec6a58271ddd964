import { describe, expect, it } from 'vitest';
import { arrangeOci, balanced, OCI_CONFIG, type OciWorld } from '../../contracts/steering/oci-world.ts';
import { changeOf, kindOf, never, readOne, refOf, writeOf } from '../../contracts/steering/world.ts';

const told = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (failure: unknown) => String(failure),
  );

const lowering = async (world: OciWorld, name = 'www') => {
  const ref = refOf(name, world.zones.home);
  return writeOf(ref.zone, [changeOf(ref, await readOne(world, ref), { east: 30 }, 'state')]);
};

describe('a write to OCI', () => {
  it('puts the policy back on the condition of the ETag it was read with', async () => {
    const world = await arrangeOci();

    await world.steering.replace(await lowering(world), never());

    const put = world.requests.find(({ method }) => method === 'PUT');
    expect(put?.headers['if-match']).toMatch(/^"\d+ocid"$/);
    expect(put?.headers['content-type']).toBe('application/json');
  });

  it('rule 2: is refused by the vendor when somebody writes between the look and the write', async () => {
    const world = await arrangeOci();
    const write = await lowering(world);
    const { id } = world.fake.policyOf(world.zones.home, 'www.example.com');
    let isEdited = false;
    world.fake.faults.add({
      fault: 'slow',
      on: ({ method }) => {
        if (method !== 'PUT' || isEdited) return false;
        isEdited = true;
        world.fake.editPolicy(id, () => ({ ttl: 300 }));
        return false;
      },
    });

    const kind = await kindOf(world.steering.replace(write, never()));

    expect(kind).toBe('conflict');
    expect(world.fake.policy(id).ttl).toBe(300);
  });

  it('is refused when the policy is on another name too, which would move with it', async () => {
    const world = await arrangeOci();
    const write = await lowering(world);
    const { id } = world.fake.policyOf(world.zones.home, 'www.example.com');
    world.fake.attach(id, world.zones.home, 'shop.example.com');

    const why = await told(world.steering.replace(write, never()));

    expect(why).toContain('attached to shop.example.com');
    expect(await world.landedWrites()).toBe(0);
  });

  it('is a conflict when the name has another policy by now', async () => {
    const world = await arrangeOci();
    const write = await lowering(world);
    const { id } = world.fake.policyOf(world.zones.home, 'www.example.com');
    world.fake.editAttachment(
      world.zones.home,
      'www.example.com',
      world.fake.createPolicy(balanced({ east: 1, west: 1 })),
    );

    expect(await kindOf(world.steering.replace(write, never()))).toBe('conflict');
    expect(world.fake.policy(id).answers).toHaveLength(3);
    expect(await world.landedWrites()).toBe(0);
  });

  it('waits for a policy that is being made', async () => {
    const world = await arrangeOci();
    const fresh = world.fake.createPolicy(balanced({ east: 1, west: 1 }), 'CREATING');
    world.fake.attach(fresh, world.zones.home, 'fresh.example.com');

    expect(await kindOf(world.steering.replace(await lowering(world, 'fresh'), never()))).toBe('busy');
  });

  it('is refused without the FILTER rule, because a disabled answer would still be given', async () => {
    const world = await arrangeOci();
    const custom = balanced({ east: 1, west: 1 });
    const id = world.fake.createPolicy({ ...custom, rules: custom.rules.slice(1) });
    world.fake.attach(id, world.zones.home, 'open.example.com');

    const why = await told(world.steering.replace(await lowering(world, 'open'), never()));

    expect(why).toContain('a disabled answer is still given');
  });

  it.each(['zero', 'remove'] as const)('refuses to drain by %s', async (drain) => {
    const world = await arrangeOci();
    const ref = refOf('www', world.zones.home);
    const change = changeOf(ref, await readOne(world, ref), { east: null }, drain);

    expect(await told(world.steering.replace(writeOf(ref.zone, [change]), never()))).toContain(
      'declare `drain: state`',
    );
  });

  it('refuses members of another vendor', async () => {
    const world = await arrangeOci();
    const ref = refOf('www', world.zones.home);
    const state = await readOne(world, ref);
    const foreign = { ...state, members: state.members.map((member) => ({ ...member, kept: {} })) };

    expect(
      await kindOf(world.steering.replace(writeOf(ref.zone, [changeOf(ref, foreign, { east: 30 }, 'state')]), never())),
    ).toBe('rejected');
  });
});

describe('an account at OCI', () => {
  it.each([
    ['no key', 'not a key, but a secret'],
    ['a broken one', '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n'],
  ])('with %s is unauthorised, and nothing of it is told', async (_, pem) => {
    const world = await arrangeOci();
    world.setKey(pem);

    const why = await told(readOne(world, refOf('www', world.zones.home)));

    expect(why).toContain('privateKey is no PEM');
    expect(why).not.toMatch(/a secret|c2Vj/);
    expect(world.requests).toEqual([]);
  });

  it('whose key was taken away asks once and not again', async () => {
    const world = await arrangeOci();
    world.fake.faults.add({ fault: 'expired', times: Number.POSITIVE_INFINITY });

    expect(await kindOf(readOne(world, refOf('www', world.zones.home)))).toBe('unauthorised');
    expect(world.requests).toHaveLength(1);
  });

  it.each([
    ['tenancy', 'ocid1.user.oc1..x'],
    ['fingerprint', '20:3b'],
    ['region', 'Ashburn'],
    ['compartmentId', 'dns'],
  ])('names the setting that is wrong: %s', async (key, value) => {
    const settings = { ...OCI_CONFIG.settings, [key]: value };

    expect(await told(arrangeOci({ config: { settings } }))).toContain(`provider dns-1: settings.${key}: `);
  });

  it('wants the OCID of a zone, and says which it is', async () => {
    const world = await arrangeOci();
    world.fake.createZone('example.org');

    const why = await told(world.steering.read([refOf('www', 'example.org')], never()));

    expect(why).toMatch(/zone example\.org: write its OCID, ocid1\.dns-zone\./);
  });
});

describe('a read of OCI', () => {
  it('of many names in several zones waits for the pace and is not refused by it', async () => {
    const world = await arrangeOci();
    const refs = Array.from({ length: 60 }, (_, n) => {
      const zone = n % 2 === 0 ? world.zones.home : world.zones.other;
      const domain = n % 2 === 0 ? `n${n}.example.com` : `n${n}.example.net`;
      world.fake.attach(world.fake.createPolicy(balanced({ east: 1, west: 1 })), zone, domain);
      return { ...refOf(`n${n}`, zone), name: `${domain}.` };
    });

    const readings = await world.steering.read(refs, never());

    expect(readings.flatMap(({ sets }) => sets.map(({ members }) => members.length))).toEqual(refs.map(() => 2));
  });
});
