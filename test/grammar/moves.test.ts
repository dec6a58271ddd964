import { describe, expect, it } from 'vitest';
import { parseArguments, parseText } from '../../src/grammar/parse.ts';
import { known, problemsOf, requestOf } from './known.ts';

const text = (typed: string) => requestOf(parseText(typed, known));
const wrong = (typed: string) => problemsOf(parseText(typed, known));

describe('evacuate', () => {
  it('takes one region, a reason and nothing else by itself', () => {
    const request = text('evacuate us-east-1 --reason "bad deploy"');

    expect(request).toEqual({
      verb: 'propose',
      move: {
        verb: 'evacuate',
        mode: 'planned',
        region: 'us-east-1',
        services: [],
        to: [],
        share: null,
        because: 'bad deploy',
        stayMs: null,
        overrides: [],
      },
    });
  });

  it.each([
    ['non-breaking hyphens, a long dash and curly quotes', 'evacuate us‑east‑1 —reason “bad deploy”'],
    ['a code mark around the sentence', '`evacuate us-east-1 --reason "bad deploy"`'],
    ['capitals, an en dash and white space', ' EVACUATE  us–east–1 –reason "bad deploy" '],
    ['a bold region', 'evacuate *us-east-1* --reason "bad deploy"'],
    ['noise and a marker', 'evacuate from the region us-east-1 please --reason "bad deploy"'],
    ['a synonym', 'drain us-east-1 --reason=“bad deploy”'],
    ['no quotes at all', 'evacuate us-east-1 --reason bad deploy'],
    ['the option first', 'evacuate --reason "bad deploy" us-east-1'],
    ['zero-width characters', 'evacuate us-\u200beast-1 --reason "bad deploy"'],
  ])('reads the same from %s', (_, typed) => {
    const request = text(typed);

    expect(request).toMatchObject({
      verb: 'propose',
      move: { region: 'us-east-1', because: 'bad deploy', mode: 'planned' },
    });
  });

  it.each([['us-west-2,eu-west-1'], ['us-west-2, eu-west-1'], ['us-west-2 and eu-west-1'], ['us-west-2 , eu-west-1']])(
    'reads the destinations "to %s"',
    (list) => {
      const request = text(`evacuate us-east-1 to ${list} --reason x`);

      expect(request).toMatchObject({ move: { region: 'us-east-1', to: ['us-west-2', 'eu-west-1'] } });
    },
  );

  it.each([
    ['planned', ''],
    ['emergency', ' --emergency'],
  ])('reads a declaration of death, %s', (mode, flag) => {
    const request = text(`evacuate us-east-1 --declare-dead${flag} --reason "nothing answers"`);

    expect(request).toMatchObject({ move: { verb: 'evacuate', mode, region: 'us-east-1', declaresDead: true } });
  });

  it('rule 12: carries no declaration that nobody typed, so that plans without one keep their digest', () => {
    expect(text('evacuate us-east-1 --emergency --reason x')).not.toHaveProperty('move.declaresDead');
  });

  it.each([
    ['evacuate us-east-1 --drill --declare-dead --reason x', 'A drill leaves a region that lives'],
    ['plan restore us-east-1 --declare-dead', 'Only the region that an evacuation leaves can be declared dead'],
    ['restore us-east-1 --declare-dead --reason x', '--declare-dead does not go with "restore"'],
    [
      'shift 10% of checkout from us-east-1 to us-west-2 --declare-dead --reason x',
      '--declare-dead does not go with "shift"',
    ],
    ['evacuate us-east-1 --declare-dead=yes --reason x', '--declare-dead takes no value'],
    ['evacuate us-east-1 --declare-death --reason x', 'Did you mean --declare-dead?'],
  ])('rule 6: refuses "%s"', (typed, because) => {
    expect(wrong(typed)).toContain(because);
  });

  it('reads a stay with its return, services by label, and an override with its names', () => {
    const request = text(
      'evacuate us-east-1 --label web --drill --stay 1h30m --return --override gate-unknown:us-west-2,errors --reason "the monitoring of us-west-2 is down"',
    );

    expect(request).toMatchObject({
      move: {
        mode: 'drill',
        services: ['checkout', 'search'],
        stayMs: 5_400_000,
        overrides: [
          { code: 'gate-unknown', names: ['us-west-2', 'errors'], because: 'the monitoring of us-west-2 is down' },
        ],
      },
    });
  });

  it('never corrects a region by itself, and says what may have been meant', () => {
    const sentence = wrong('evacuate us-east-l --reason x');

    expect(sentence).toBe('I don\'t know the region "us-east-l". Did you mean us-east-1 or us-east-2?');
  });

  it.each(['us-*', 'us-east-?', '*', 'all', 'us-east-{1,2}', 'us-east-1*'])('refuses the pattern %s', (pattern) => {
    const sentence = wrong(`evacuate ${pattern} --reason x`);

    expect(sentence).toMatch(/exact names only|takes one region/);
  });

  it.each([
    ['two regions', 'evacuate us-east-1 us-west-2 --reason x', 'takes one region'],
    ['no region', 'evacuate --reason x', 'needs the region that traffic leaves'],
    ['only a destination', 'evacuate to us-west-2 --reason x', 'needs the region that traffic leaves'],
    [
      'a destination that is the source',
      'evacuate us-east-1 to us-east-1 --reason x',
      'cannot be where traffic leaves',
    ],
    ['a destination twice', 'evacuate us-east-1 to us-west-2,us-west-2 --reason x', 'named twice'],
    ['destinations in two ways', 'evacuate us-east-1 to us-west-2 --to eu-west-1 --reason x', 'given twice'],
    ['an option twice', 'evacuate us-east-1 --reason x --emergency --emergency', '--emergency is given twice'],
    ['an unknown option', 'evacuate us-east-1 --emergancy --reason x', 'Did you mean --emergency?'],
    ['an option of another verb', 'evacuate us-east-1 --solo --reason x', 'does not go with "evacuate"'],
    ['an empty reason', 'evacuate us-east-1 --reason ""', '--reason needs a value'],
    ['a quote left open', 'evacuate us-east-1 --reason "x', 'never closed'],
    ['a marker with nothing behind it', 'evacuate us-east-1 to --reason x', '"to" has no region behind it'],
    ['an exclamation mark', 'evacuate us-east-1! --reason x', 'exact names only'],
    ['a drill that is an emergency', 'evacuate us-east-1 --drill --emergency --reason x', 'exclude each other'],
    [
      'a stay without a return',
      'evacuate us-east-1 --stay 30m --reason x',
      '--stay only means something with --return',
    ],
    ['a return without a stay', 'evacuate us-east-1 --return --reason x', 'add --stay'],
    ['a stay that is no time', 'evacuate us-east-1 --stay soon --return --reason x', 'no length of time'],
    [
      'a stay of three hundred hours for thirty minutes',
      'evacuate us-east-1 --stay 400h --return --reason x',
      'at most 14d',
    ],
    [
      'an override without a real reason',
      'evacuate us-east-1 --override headroom --reason x',
      'at least 20 characters',
    ],
    [
      'an unknown override',
      'evacuate us-east-1 --override headrom --reason "a reason that is long enough"',
      'Did you mean headroom?',
    ],
    ['a service twice', 'evacuate us-east-1 --service checkout,checkout --reason x', 'named twice'],
    ['an unknown tier', 'evacuate us-east-1 --tier 9 --reason x', 'No service has the tier "9"'],
  ])('refuses %s', (_, typed, expected) => {
    const sentence = wrong(typed);

    expect(sentence).toContain(expected);
  });

  it('rule 11: in an emergency traffic is never asked back by itself', () => {
    const sentence = wrong('evacuate us-east-1 --emergency --stay 30m --return --reason x');

    expect(sentence).toContain('never comes back by itself');
  });

  it('wants a reason at a terminal, where nobody asks for it later', () => {
    const typed = parseArguments(['evacuate', 'us-east-1'], known);
    const chatted = parseText('evacuate us-east-1', known);

    expect(problemsOf(typed)).toContain('needs a reason');
    expect(chatted).toMatchObject({ ok: true, request: { move: { because: '' } } });
  });

  it('says everything that is wrong at once', () => {
    const words = 'evacuate us-east-l to us-wst-2 --emergancy --stay soon'.split(' ');
    const parsed = parseArguments(words, known);

    expect(parsed.ok ? [] : parsed.problems).toHaveLength(5);
  });

  it('takes a word behind an option from a shell as its whole value', () => {
    const request = requestOf(parseArguments(['evacuate', '--reason', 'fire', 'us-east-1'], known));

    expect(request).toMatchObject({ move: { region: 'us-east-1', because: 'fire' } });
  });

  it('puts a sentence in curly quotes together that a shell has torn apart', () => {
    const request = requestOf(parseArguments(['evacuate', 'us-east-1', '—reason', '“bad', 'deploy”'], known));

    expect(request).toMatchObject({ move: { because: 'bad deploy' } });
  });

  it('never reads a quoted reason as an option', () => {
    const request = requestOf(
      parseArguments(['evacuate', 'us-east-1', '--reason', '--emergency was not needed'], known),
    );

    expect(request).toMatchObject({ move: { mode: 'planned', because: '--emergency was not needed' } });
  });
});

describe('shift', () => {
  it.each([
    'shift 20% of checkout from us-east-1 to us-west-2 --reason x',
    'shift checkout us-east-1 us-west-2 20% --reason x',
    'shift checkout us-east-1 us-west-2 20 % --reason x',
    'shift checkout to us-west-2 from us-east-1 20 --reason x',
    'shift 20% us-east-1 --to us-west-2 --service checkout --reason x',
  ])('never runs backwards: %s', (typed) => {
    const request = text(typed);

    expect(request).toMatchObject({
      move: { verb: 'shift', services: ['checkout'], region: 'us-east-1', to: ['us-west-2'], share: 2000 },
    });
  });

  it.each([
    ['a fraction', 'shift 0.2 of checkout from us-east-1 to us-west-2 --reason x', 'Write 0.2% or 20%'],
    ['more than everything', 'shift 120% of checkout from us-east-1 to us-west-2 --reason x', 'above 0 and up to 100'],
    ['nothing', 'shift 0% of checkout from us-east-1 to us-west-2 --reason x', 'above 0 and up to 100'],
    ['less than nothing', 'shift -5% of checkout from us-east-1 to us-west-2 --reason x', 'above 0 and up to 100'],
    ['no percentage', 'shift checkout from us-east-1 to us-west-2 --reason x', 'needs a percentage'],
    ['two percentages', 'shift 10% 20% of checkout from us-east-1 to us-west-2 --reason x', 'exactly one percentage'],
    ['no service', 'shift 20% from us-east-1 to us-west-2 --reason x', 'needs a service'],
    ['no destination', 'shift 20% of checkout from us-east-1 --reason x', 'the region that receives it'],
    ['an unknown service', 'shift 20% of chekout from us-east-1 to us-west-2 --reason x', 'Did you mean checkout?'],
    ['a word too many', 'shift 20% of checkout from us-east-1 to us-west-2 now --reason x', '"now"'],
  ])('refuses %s', (_, typed, expected) => {
    const sentence = wrong(typed);

    expect(sentence).toContain(expected);
  });
});

describe('restore and plan', () => {
  it('restores one region or all', () => {
    const one = text('return us-east-1 --reason fixed');
    const all = text('restore --reason fixed');

    expect(one).toMatchObject({ verb: 'propose', move: { verb: 'restore', region: 'us-east-1' } });
    expect(all).toMatchObject({ verb: 'propose', move: { verb: 'restore', region: null } });
  });

  it('restores nowhere but home', () => {
    const sentence = wrong('restore us-east-1 to us-west-2 --reason x');

    expect(sentence).toContain('takes no destination');
  });

  it('plans without a reason, and proposes nothing', () => {
    const request = text('plan evacuate us-east-1');

    expect(request.verb).toBe('plan');
  });

  it('plans only moves', () => {
    const sentence = wrong('plan hold');

    expect(sentence).toContain('plan needs what to plan');
  });
});
