import { describe, expect, it } from 'vitest';
import { pointOf, worldShown } from '../../../src/sandbox/page/world-shown.ts';
import { smallWorld } from '../small-world.ts';

const SEEN_WITH = { utilisationLimit: 0.88, switches: [] };

describe('the picture of the world', () => {
  it('shows where traffic belongs, what records say, what was answered and where users are', async () => {
    const { local, live } = smallWorld();
    await live(12);

    const shown = worldShown(local, SEEN_WITH);
    const east = shown.regions.find(({ region }) => region === 'us-east-1');

    expect(shown.regions.map(({ region }) => region)).toEqual(['us-east-1', 'us-west-2', 'eu-west-1']);
    expect(east?.home).toBeCloseTo(0.4, 5);
    expect(east?.configured).toBeCloseTo(0.4, 2);
    expect(east?.answered).toBeGreaterThan(0.3);
    expect(east?.answered).toBeLessThan(0.5);
    expect(east?.traffic).toBeGreaterThan(0.25);
    expect(east?.utilisation).toBeGreaterThan(0.1);
    expect(pointOf(shown).traffic['us-east-1']).toBe(east?.traffic);
    for (const part of ['configured', 'answered', 'traffic', 'home'] as const)
      expect(shown.regions.reduce((sum, region) => sum + region[part], 0)).toBeCloseTo(1, 5);
  });

  it('counts the answers of the last seconds only, and shows the newest first', async () => {
    const { local, live, clock } = smallWorld();
    await live(12);

    const busy = worldShown(local, SEEN_WITH).answers;
    await clock.advance(6000);
    const quiet = worldShown(local, SEEN_WITH).answers;

    expect(Object.values(busy.counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100);
    expect(busy.latest).toHaveLength(8);
    expect(busy.latest[0]?.atMs).toBeGreaterThanOrEqual(busy.latest[7]?.atMs ?? 0);
    expect(busy.latest[0]?.name).toMatch(/example$/);
    expect(quiet).toMatchObject({ latest: [], counts: { 'us-east-1': 0 } });
  });

  it('follows the records when somebody edits them', async () => {
    const { local, live } = smallWorld();
    await live(6);
    const before = worldShown(local, SEEN_WITH).regions[1]?.configured ?? 0;

    local.break({ kind: 'foreign-edit', region: 'us-west-2', weightFactor: 2 });
    const after = worldShown(local, SEEN_WITH).regions[1]?.configured ?? 0;
    await live(10);
    const later = worldShown(local, SEEN_WITH).regions[1];

    expect(after).toBeGreaterThan(before + 0.1);
    expect(later?.answered).toBeGreaterThan(before + 0.05);
  });
});
