import { describe, expect, it } from 'vitest';
import { createRoute53Fake } from '../../providers/route53/fake.ts';
import type { DnsAnswer } from '../../src/sandbox/dns-types.ts';
import { createResolverFleet, type FleetOptions } from '../../src/sandbox/resolvers.ts';

const START = Date.UTC(2026, 10, 20, 12);
const EAST = '192.0.2.1';
const WEST = '198.51.100.5';
const NAME = 'www.example.com';

const seeded = (seed: number): (() => number) => {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

const answer = (address: string, ttlSeconds = 60): DnsAnswer => ({
  rcode: 'NOERROR',
  answers: [{ name: `${NAME}.`, type: 'A', ttlSeconds, data: address }],
  authority: [],
});

const arrange = (options: Partial<FleetOptions> = {}) => {
  const world = { at: START, answer: answer(EAST) as DnsAnswer | Error };
  const fleet = createResolverFleet({
    resolvers: 400,
    stretchers: [],
    names: [NAME],
    type: 'A',
    random: seeded(5),
    now: () => world.at,
    ask: () => {
      if (world.answer instanceof Error) throw world.answer;
      return world.answer;
    },
    ...options,
  });
  const pass = async (seconds: number, tickSeconds = 1) => {
    for (let passed = 0; passed < seconds; passed += tickSeconds) {
      world.at += tickSeconds * 1000;
      await fleet.tick();
    }
  };
  return { world, fleet, pass, east: () => fleet.shares(NAME).all.shares[EAST] ?? 0 };
};

describe('a fleet of resolvers', () => {
  it('sends everybody nowhere until it has asked, then where the answer says', async () => {
    const { fleet } = arrange();

    const before = fleet.shares(NAME).all;
    await fleet.tick();
    const after = fleet.shares(NAME).all;

    expect(before).toMatchObject({ shares: {}, unanswered: 1 });
    expect(after.shares[EAST]).toBeCloseTo(1, 9);
    expect([after.unanswered, fleet.asked()]).toEqual([0, 400]);
  });

  it('asks again only for what has expired', async () => {
    const { fleet, pass } = arrange();
    await fleet.tick();

    await fleet.tick();
    const atOnce = fleet.asked();
    await pass(60);

    expect(atOnce).toBe(400);
    expect(fleet.asked()).toBeGreaterThanOrEqual(800);
    expect(fleet.asked()).toBeLessThan(900);
  });

  it.each([1, 7])(
    'loses an old address in a slope of one TTL, not in a cliff, with ticks of %i s',
    async (tickSeconds) => {
      const { world, fleet, pass, east } = arrange();
      await fleet.tick();
      await pass(140, tickSeconds);
      world.answer = answer(WEST);

      const left: number[] = [];
      for (let quarter = 0; quarter < 4; quarter += 1) {
        await pass(15, tickSeconds);
        left.push(east());
      }
      await pass(tickSeconds, tickSeconds);

      const drops = [1, ...left].slice(0, 4).map((share, index) => share - (left[index] ?? 0));
      for (const drop of drops) expect(drop).toBeLessThan(0.45);
      expect(left[1]).toBeGreaterThan(0.25);
      expect(left[1]).toBeLessThan(0.7);
      expect(east()).toBe(0);
    },
  );

  it('keeps the residue of those who stretch TTLs, apart from those who honour them', async () => {
    const { world, fleet, pass } = arrange({
      stretchers: [
        { users: 0.03, stretch: { kind: 'factor', factor: 10 } },
        { users: 0.01, stretch: { kind: 'atLeast', ttlSeconds: 1800 } },
        { users: 0.005, stretch: { kind: 'forever' } },
      ],
    });
    await fleet.tick();
    await pass(30, 10);
    world.answer = answer(WEST);
    await pass(61);
    const early = fleet.shares(NAME);
    await pass(1800, 10);
    const late = fleet.shares(NAME);
    await pass(86_400, 600);
    const end = fleet.shares(NAME);

    expect(early.stretching.users).toBeGreaterThan(0.035);
    expect(early.stretching.users).toBeLessThan(0.055);
    expect(early.honouring.shares[EAST] ?? 0).toBe(0);
    expect(early.stretching.shares[EAST] ?? 0).toBeGreaterThan(0.5);
    expect(late.all.shares[EAST] ?? 0).toBeGreaterThan(0.002);
    expect(late.all.shares[EAST] ?? 0).toBeLessThan(0.01);
    expect(end.all.shares[EAST]).toBeCloseTo(late.all.shares[EAST] ?? 0, 9);
  });

  it('is the same fleet for the same seed, and another one for another', async () => {
    const residue = async (seed: number) => {
      const { world, fleet, pass, east } = arrange({ random: seeded(seed) });
      await fleet.tick();
      world.answer = answer(WEST);
      await pass(20);
      return east();
    };

    const [first, same, other] = [await residue(1), await residue(1), await residue(2)];

    expect(first).toBe(same);
    expect(first).not.toBe(other);
  });

  it('divides the users of an answer with several addresses equally', async () => {
    const { fleet, world } = arrange();
    world.answer = { ...answer(EAST), answers: [...answer(EAST).answers, ...answer(WEST).answers] };

    await fleet.tick();

    expect(fleet.shares(NAME).all.shares[EAST]).toBeCloseTo(0.5, 9);
  });

  it.each<readonly [string, DnsAnswer | Error]>([
    ['an error', new Error('time-out')],
    ['a refusal', { rcode: 'REFUSED', answers: [], authority: [] }],
    ['no such name', { rcode: 'NXDOMAIN', answers: [], authority: [] }],
  ])('has users without an answer after %s, and asks again soon', async (_, bad) => {
    const { fleet, world, pass } = arrange();
    await fleet.tick();
    world.answer = bad;
    await pass(61);
    const during = fleet.shares(NAME).all.unanswered;
    world.answer = answer(WEST);
    await pass(6);

    expect(during).toBeCloseTo(1, 9);
    expect(fleet.shares(NAME).all.shares[WEST]).toBeCloseTo(1, 9);
  });

  it('staggers itself again after an outage of the name servers', async () => {
    const { fleet, world, pass, east } = arrange();
    world.answer = new Error('down');
    await fleet.tick();
    world.answer = answer(EAST);
    await pass(2);
    world.answer = answer(WEST);

    await pass(30);

    expect(east()).toBeGreaterThan(0.25);
    expect(east()).toBeLessThan(0.7);
  });

  it('says when it has something to do next', async () => {
    const { fleet, world } = arrange({ resolvers: 3 });

    const unasked = fleet.nextExpiry();
    await fleet.tick();
    const next = fleet.nextExpiry();

    expect(unasked).toBe(world.at);
    expect(next).toBeGreaterThan(world.at);
    expect(next).toBeLessThanOrEqual(world.at + 60_000);
  });

  it('has at most so many questions under way at once, and a second tick joins the first', async () => {
    let underWay = 0;
    let most = 0;
    const { fleet } = arrange({
      inFlight: 10,
      ask: async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await Promise.resolve();
        underWay -= 1;
        return answer(EAST);
      },
    });

    await Promise.all([fleet.tick(), fleet.tick()]);

    expect([most, fleet.asked()]).toEqual([10, 400]);
  });

  it('knows only the names it was made for', () => {
    const { fleet } = arrange();

    expect(() => fleet.shares('other.example.com')).toThrow(/no resolver of this fleet asks for other\.example\.com/);
  });
});

describe('users behind the Route 53 fake', () => {
  it('divide as the weights say, and follow a change once it has propagated and the TTL is over', async () => {
    const world = { at: START };
    const random = seeded(11);
    const fake = createRoute53Fake({ now: () => world.at, random, accounts: [], propagationMs: 30_000 });
    const set = (id: string, weight: number, value: string) => ({
      name: `${NAME}.`,
      type: 'A',
      setIdentifier: id,
      weight,
      ttlSeconds: 60,
      values: [value],
    });
    const zoneId = fake.createZone({
      accountId: '111122223333',
      name: 'example.com',
      records: [set('east', 75, EAST), set('west', 25, WEST)],
    });
    const fleet = createResolverFleet({
      resolvers: 4000,
      stretchers: [],
      names: [NAME],
      type: 'A',
      random,
      now: () => world.at,
      ask: (name, type) => fake.answer({ name, type }),
    });
    const pass = async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed += 5) {
        world.at += 5000;
        await fleet.tick();
      }
    };
    await fleet.tick();
    const home = fleet.shares(NAME).all.shares[EAST] ?? 0;
    fake.foreignEdit(zoneId, (records) => records.set(`${NAME}.|A|east`, set('east', 0, EAST)));

    await pass(25);
    const pending = fleet.shares(NAME).all.shares[EAST] ?? 0;
    await pass(70);
    const drained = fleet.shares(NAME).all.shares[EAST] ?? 0;

    expect(Math.abs(home - 0.75)).toBeLessThan(0.04);
    expect(Math.abs(pending - 0.75)).toBeLessThan(0.04);
    expect(drained).toBe(0);
  });
});
