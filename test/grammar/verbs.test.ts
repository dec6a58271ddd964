import { describe, expect, it } from 'vitest';
import { helpForVerb, helpLines } from '../../src/grammar/help.ts';
import { parseArguments, parseText } from '../../src/grammar/parse.ts';
import { near } from '../../src/grammar/suggest.ts';
import { OPTIONS, optionsFor, SYNONYMS, TABLE, VERBS } from '../../src/grammar/vocabulary.ts';
import { known, problemsOf, requestOf } from './known.ts';

const text = (typed: string) => requestOf(parseText(typed, known));
const wrong = (typed: string) => problemsOf(parseText(typed, known));

describe('asks of a run', () => {
  it.each([
    ['hold', { verb: 'hold', run: null }],
    ['pause run_01j8', { verb: 'hold', run: 'run_01j8' }],
    ['resume', { verb: 'resume', run: null }],
    ['continue run_01j9', { verb: 'resume', run: 'run_01j9' }],
    ['undo run_01j8 --reason "wrong region"', { verb: 'rollback', run: 'run_01j8', because: 'wrong region' }],
    ['stop run_01j8', { verb: 'stop', run: 'run_01j8' }],
    ['approve run_01j8 --digest 3fa9c1', { verb: 'approve', run: 'run_01j8', digest: '3fa9c1', solo: false }],
    ["deny run_01j8 --reason it's not tested", { verb: 'deny', run: 'run_01j8', because: "it's not tested" }],
    ['status', { verb: 'status', run: null, region: null }],
    ['status US-EAST-1', { verb: 'status', region: 'us-east-1' }],
    ['status run_01j8', { verb: 'status', run: 'run_01j8' }],
    ['report run_01j8 --format html', { verb: 'report', format: 'html' }],
    ['history us-east-1 --limit 5', { verb: 'history', region: 'us-east-1', limit: 5 }],
    ['freeze --for 2h --reason "release day"', { verb: 'freeze', forMs: 7_200_000 }],
    ['unfreeze --reason "over"', { verb: 'unfreeze', because: 'over' }],
    ['drill list', { verb: 'drill', words: ['list'] }],
    ['whoami', { verb: 'whoami' }],
    ['', { verb: 'help', about: null }],
    ['help shift', { verb: 'help', about: 'shift' }],
    ['evacuate us-east-1 --help', { verb: 'help', about: 'evacuate' }],
  ])('reads "%s"', (typed, expected) => {
    const request = text(typed);

    expect(request).toMatchObject(expected);
  });

  it.each([
    ['approve', 'approve needs a run'],
    ['approve run_01j7', 'Did you mean run_01j8 or run_01j9?'],
    ['approve run_01j8 --digest xyz', 'is no digest'],
    ['hold run_1', '"hold" alone holds every run'],
    ['freeze', 'freeze needs a reason'],
    ['whoami now', 'I don\'t know what "now" is doing here'],
    ['report run_01j8 --format pdf', 'markdown, json or html'],
    ['history --limit 0', 'whole number from 1'],
    ['restor', 'Did you mean restore? Nothing was done.'],
    ['fly us-east-1', 'Try: help'],
    ['help fly', 'I don\'t know how to "fly"'],
    ['resume run_01j8 --yes', '--yes does not go with'],
  ])('refuses "%s"', (typed, expected) => {
    const sentence = wrong(typed);

    expect(sentence).toContain(expected);
  });

  it.each(['abort', 'cancel'])('reads %s as the one of its meanings that can be taken back, and says so', (typed) => {
    const parsed = parseText(typed, known);

    expect(parsed).toMatchObject({ ok: true, request: { verb: 'hold' }, remark: expect.stringContaining('rollback') });
  });

  it('rule 10: understands hold while the runs cannot be read', () => {
    const one = requestOf(parseText('hold run_anything', { ...known, runs: null }));
    const all = requestOf(parseText('hold', { regions: [], services: [], runs: null }));

    expect(one).toMatchObject({ verb: 'hold', run: 'run_anything' });
    expect(all).toMatchObject({ verb: 'hold', run: null });
  });

  it('rule 10: hold has no option that asks back', () => {
    const options = optionsFor('hold', 'terminal');

    expect(options).not.toContain('yes');
  });

  it('takes --yes at a terminal only together with a reason', () => {
    const without = problemsOf(parseArguments(['resume', '--yes'], known));
    const withReason = parseArguments(['resume', '--yes', '--reason', 'gates are well', '--json'], known);

    expect(without).toContain('--yes needs --reason');
    expect(withReason).toMatchObject({ ok: true, flags: { yes: true, json: true } });
  });

  it('prints nothing back that could steer a terminal', () => {
    const sentence = wrong('status \u001b[2Jgone\u0007');

    expect([...sentence].filter((letter) => letter < ' ')).toEqual([]);
  });
});

describe('help', () => {
  it('has a line for every verb and fits a screen', () => {
    const lines = helpLines('steer ');

    expect(lines.length).toBeLessThanOrEqual(22);
    for (const verb of VERBS) expect(lines.some((line) => line.trimStart().startsWith(verb))).toBe(true);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  });

  it.each(VERBS)('explains %s in a screen, with every option that parses', (verb) => {
    const lines = helpForVerb(verb, 'steer ', 'terminal');

    expect(lines.length).toBeLessThanOrEqual(24);
    for (const option of TABLE[verb].options) expect(lines.join('\n')).toContain(`--${option}`);
  });

  it('shows a chat no option that only a terminal has', () => {
    const lines = helpForVerb('evacuate', '/steer ', 'chat').join('\n');

    expect(lines).not.toContain('--yes');
  });

  it('has an example for every verb that parses', () => {
    const wrongExamples = VERBS.flatMap((verb) => {
      const example = TABLE[verb].example.replace('RUN', 'run_01j8').replace('"…"', '"x"');
      return parseText(example, known).ok ? [] : [example];
    });

    expect(wrongExamples).toEqual([]);
  });

  it('uses every option it explains, and no synonym hides a verb', () => {
    const used = new Set(VERBS.flatMap((verb) => TABLE[verb].options));
    const hidden = Object.keys(SYNONYMS).filter((word) => VERBS.some((verb) => verb === word));

    expect(Object.keys(OPTIONS).filter((name) => !used.has(name as never))).toEqual([]);
    expect(hidden).toEqual([]);
  });
});

describe('suggestions', () => {
  it.each([
    ['us-east-l', ['us-east-1', 'us-east-2']],
    ['us-esat-1', ['us-east-1', 'us-east-2']],
    ['us-west', ['us-west-2']],
    ['ap-south-1', []],
  ])('for %s', (typed, expected) => {
    const candidates = near(typed, known.regions);

    expect(candidates).toEqual(expected);
  });
});
