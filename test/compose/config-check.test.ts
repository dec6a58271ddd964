import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { initialised, type Place, place, warmedUp } from './place.ts';

const check = (made: Place, ...more: readonly string[]) =>
  made.say(['config', 'check', made.options.configFile, ...more]);

const edited = (made: Place, from: string | RegExp, to: string): Place => {
  made.write(readFileSync(made.options.configFile, 'utf8').replaceAll(from, to));
  return made;
};

const silence = (made: Place): void => made.sandbox.local.route53.setOutage('unavailable');

describe('config check', () => {
  it('reads the file alone: no store, no vendor, and yet every region is judged in every mode', async () => {
    const made = place();
    silence(made);

    const said = await check(made);

    expect(said.err).toBe('');
    expect(said.out.match(/can be evacuated/g)).toHaveLength(9);
    expect(said.out).toMatch(
      /us-east-1 +emergency +can be evacuated +\d+ steps?, about \d+ min: no step moves more than 50 %/,
    );
    expect(said.out).toContain('headroom is not judged, because demand comes from a metric; use --live');
    expect(said.exit).toBe(0);
    expect(made.sandbox.local.route53.log.entries()).toEqual([]);
  });

  it('fails where a limit forbids every evacuation', async () => {
    const made = edited(place(), /minimumHealthyCapacity: \d+%/g, 'minimumHealthyCapacity: 90%');

    const said = await check(made);

    expect(said.out.match(/CANNOT be evacuated/g)).toHaveLength(9);
    expect(said.out).toContain('at least 90 % must');
    expect(said.exit).toBe(1);
  });
});

describe('config check --live', () => {
  it('needs no store: the records are there before steer is', async () => {
    const made = await warmedUp(place());

    const said = await check(made, '--live');

    expect(said.out.match(/can be evacuated/g)).toHaveLength(9);
    expect(said.out).toMatch(/ok +members +every region has its record/);
    expect(said.out).toMatch(/ends at \d/);
    expect(said.exit).toBe(0);
  });

  it('says in JSON what differs from DNS', async () => {
    const made = edited(await initialised(await warmedUp(place())), /ttl: \d+s/g, 'ttl: 20s');

    const said = await check(made, '--live', '--json');

    const answer: unknown = JSON.parse(said.out);
    expect(answer).toMatchObject({ ok: true, notJudged: [] });
    expect(answer).toHaveProperty(
      'findings',
      expect.arrayContaining([expect.objectContaining({ level: 'warn', check: 'ttl' })]),
    );
    expect(said.exit).toBe(1);
  });

  it('says so when the vendor cannot be asked', async () => {
    const made = place();
    silence(made);

    const said = await check(made, '--live');

    expect(said.out).toMatch(/FAIL +read +sandbox could not be read/);
    expect(said.exit).toBe(1);
  });
});
