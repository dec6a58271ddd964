import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotOpen } from '../../src/cli/context.ts';
import { OPTIONS, SYNONYMS, VERBS } from '../../src/grammar/vocabulary.ts';
import { desk, proposed } from '../operations/arrange.ts';
import { scratchDirectory } from '../support/scratch-directory.ts';
import { sit } from './terminal.ts';

describe('the command line', () => {
  it('alone, and help, print one screen', async () => {
    const made = await desk();

    const bare = await sit(made, 'operator-1', []);
    const help = await sit(made, 'operator-1', ['help']);
    const flag = await sit(made, 'operator-1', ['--help']);

    expect(bare.out.split('\n').length).toBeLessThanOrEqual(30);
    expect(help.out).toBe(bare.out);
    expect(flag.out).toBe(bare.out);
    expect([bare.exit, help.exit, flag.exit]).toEqual([0, 0, 0]);
  });

  it.each(['config', 'store', 'audit', 'provider'])('%s alone shows what it has, as a mistake', async (tool) => {
    const made = await desk();

    const said = await sit(made, 'operator-1', [tool]);

    expect(said.exit).toBe(2);
    expect(said.err.split('\n').length).toBeLessThanOrEqual(24);
  });

  it('explains a verb without a store, whatever else stands there', async () => {
    const made = await desk();
    const open = async () => Promise.reject(new CannotOpen(['no store']));

    const said = await sit(made, 'operator-1', ['evacuate', 'us-east-1', '--yes', '--help'], { actions: { open } });

    expect(said.exit).toBe(0);
    expect(said.out).toContain('steer evacuate REGION');
  });

  it.each([
    [['evacute'], 2, 'Did you mean evacuate?'],
    [['--confg', 'x', 'status'], 2, 'unknown option'],
    [['status', 'us-east-9'], 2, 'Did you mean us-east-1?'],
    [['show'], 2, 'show needs a run'],
    [['status', '--config', 'other.yaml'], 2, 'steer --config FILE status'],
    [['completion', 'tcsh'], 2, 'Allowed choices are'],
    [['drill', 'list'], 3, 'No drills are configured'],
    [['config', 'check', '/nowhere/steer.yaml'], 1, 'cannot be read'],
    [['serve'], 1, 'serve is not part of this test'],
  ])('%j ends with code %i', async (words, exit, text) => {
    const made = await desk();

    const said = await sit(made, 'operator-1', words);

    expect(said.exit).toBe(exit);
    expect(said.err).toContain(text);
  });

  it('says in sentences, without a stack, that there is no store', async () => {
    const made = await desk();
    const open = async () =>
      Promise.reject(new CannotOpen(['There is no store at steer.db.', 'Run: steer store init']));

    const said = await sit(made, 'operator-1', ['status'], { actions: { open } });

    expect(said).toMatchObject({ exit: 1, err: 'There is no store at steer.db.\nRun: steer store init\n' });
  });

  it('tells a failure in one sentence, with the way to pause what moves', async () => {
    const made = await desk();
    const deps = {
      ...made.deps,
      journal: { ...made.deps.journal, read: async () => Promise.reject(new Error('disk gone')) },
      fleet: async () => Promise.reject(new Error('disk gone')),
    };
    const open = async () => ({
      deps,
      presented: { door: 'os', user: 'x' } as const,
      door: 'cli',
      execute: async () => {},
      close: async () => {},
    });

    const said = await sit(made, 'x', ['hold', 'run_1'], { actions: { open } });

    expect(said.exit).toBe(1);
    expect(said.err).toContain('disk gone');
    expect(said.err).not.toContain('    at ');
  });

  it('never throws, never changes anything without a typed word, whatever it is given', async () => {
    const made = await desk();
    await proposed(made);
    const before = (await made.deps.journal.readAll(0, 1000)).length;
    const word = fc.oneof(
      fc
        .constantFrom(...VERBS, ...Object.keys(SYNONYMS))
        .filter((verb) => !['hold', 'pause', 'halt', 'abort', 'cancel', 'deny'].includes(verb)),
      fc
        .constantFrom(...Object.keys(OPTIONS).map((name) => `--${name}`))
        .filter((name) => name !== '--yes' && name !== '--watch'),
      fc.constantFrom(
        'us-east-1',
        'us-west-2',
        'run_1',
        'checkout',
        '20%',
        'to',
        'from',
        '--',
        '--config',
        'config',
        'store',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );

    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 7 }), async (words) => {
        const said = await sit(made, 'admin-1', words);

        expect([0, 1, 2, 3, 5]).toContain(said.exit);
        expect(said.err).not.toContain('    at ');
      }),
      { numRuns: 150 },
    );
    expect(await made.deps.journal.readAll(0, 1000)).toHaveLength(before);
  }, 30_000);
});

describe('looking', () => {
  it.each([
    [['status'], 'No run is under way'],
    [['status', 'us-east-1'], 'us-east-1'],
    [['history'], 'accepted a config'],
    [['whoami'], 'here with the role operator'],
    [['config', 'diff'], 'says the same'],
    [['config', 'reload'], 'says the same'],
    [['audit', 'verify'], 'Every chain is whole: 1 event in 1 stream.'],
    [['config', 'schema'], '"title": "steer.yaml"'],
  ])('%j', async (words, text) => {
    const made = await desk();

    const said = await sit(made, 'operator-1', words);

    expect(said.exit).toBe(0);
    expect(said.out).toContain(text);
  });

  it.each([['status'], ['history'], ['whoami'], ['config', 'diff'], ['audit', 'verify']])(
    '%s %s as JSON',
    async (...words) => {
      const made = await desk();

      const said = await sit(made, 'operator-1', [...words.filter((word) => word !== undefined), '--json']);

      expect(() => JSON.parse(said.out)).not.toThrow();
      expect(said.exit).toBe(0);
    },
  );

  it('audit verify finds what heads kept elsewhere do not agree with, and says so by its exit code', async () => {
    const made = await desk();
    const file = join(scratchDirectory(), 'heads.json');
    const kept = await sit(made, 'operator-1', ['audit', 'verify', '--json']);
    writeFileSync(file, kept.out);
    const same = await sit(made, 'operator-1', ['audit', 'verify', '--known', file]);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"version":1/, '"version":7'));

    const other = await sit(made, 'operator-1', ['audit', 'verify', '--known', file]);
    writeFileSync(file, 'nonsense');
    const nonsense = await sit(made, 'operator-1', ['audit', 'verify', '--known', file]);

    expect([same.exit, other.exit, nonsense.exit]).toEqual([0, 1, 2]);
    expect(other.out).toContain('FINDING truncated in fleet');
  });

  it('report prints what the report room made', async () => {
    const made = await desk();
    const run = await proposed(made);

    const said = await sit(made, 'operator-1', ['report', run, '--format', 'html']);

    expect(said).toMatchObject({ exit: 0, out: 'html of 1 events\n' });
  });

  it('colours only a terminal', async () => {
    const made = await desk();

    const pipe = await sit(made, 'operator-1', ['status']);
    const terminal = await sit(made, 'operator-1', ['status'], { isTerminal: true });
    const noColour = await sit(made, 'operator-1', ['status'], { isTerminal: true, env: { NO_COLOR: '1' } });

    expect([pipe.out, terminal.out, noColour.out].map((out) => out.includes('\u001b'))).toEqual([false, true, false]);
  });
});

describe('config accept and store init', () => {
  it('accept shows what weakens, asks, and waits for the second person', async () => {
    const made = await desk();
    const { safety } = made.model.config;
    made.file = { ...made.model.config, safety: { ...safety, planned: { ...safety.planned, largestStep: 5000 } } };

    const slip = await sit(made, 'admin-1', ['config', 'accept'], { typed: ['yes'] });
    const first = await sit(made, 'admin-1', ['config', 'accept'], { typed: ['accept'] });
    const second = await sit(made, 'approver-1', ['config', 'accept'], { typed: ['accept'] });

    expect([slip.exit, first.exit, second.exit]).toEqual([5, 0, 0]);
    expect(first.out).toContain('NOT in force yet');
    expect(second.err).toContain('Waits for a second person');
    expect(second.out).toContain('is in force, with 1 change');
  });

  it('diff ends with 1 when the file differs, as diff does', async () => {
    const made = await desk();
    made.file = { ...made.model.config, fleet: 'renamed' };

    const said = await sit(made, 'operator-1', ['config', 'diff']);

    expect(said.exit).toBe(1);
    expect(said.out).toContain('fleet: model → renamed');
  });

  it('init leaves nothing behind when the first config is refused', async () => {
    const made = await desk();
    let abandoned = 0;
    const createStore = async () => ({
      deps: made.deps,
      presented: { door: 'sandbox', user: 'admin-1' } as const,
      door: 'cli',
      execute: async () => {},
      close: async () => {},
      abandon: async () => {
        abandoned += 1;
      },
    });

    const said = await sit(made, 'admin-1', ['store', 'init'], { actions: { createStore } });

    expect(said.exit).toBe(3);
    expect(abandoned).toBe(1);
  });

  it('check tells every problem of a file with its place', async () => {
    const made = await desk();
    const file = join(scratchDirectory(), 'steer.yaml');
    writeFileSync(file, 'version: 1\nfleet: 7\n');

    const said = await sit(made, 'operator-1', ['config', 'check', file]);

    expect(said.exit).toBe(1);
    expect(said.out).toMatch(/steer\.yaml:\d+:\d+: .*expected/);
    expect(said.out).toMatch(/\d+ problems in /);
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('for %s names every verb', async (shell) => {
    const made = await desk();

    const said = await sit(made, 'operator-1', ['completion', shell]);

    expect(said.exit).toBe(0);
    for (const verb of VERBS) expect(said.out).toContain(verb);
  });
});
