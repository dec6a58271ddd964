import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personId } from '../../../src/domain/ids.ts';
import { clean as cleanCommand } from '../../../src/grammar/clean.ts';
import { clean, mrkdwn, plainOf, plainText, quoteBlock, shortened, textLine } from '../../../src/slack/views/escape.ts';
import { type Said, say, sentence, time, timeMark } from '../../../src/slack/views/said.ts';
import { START } from '../../cli/fixtures.ts';
import { tokensIn } from '../../support/block-kit.ts';
import { HOSTILE } from './arrange.ts';

const written = (said: Said): string => mrkdwn([said], START).text;
const foreign = fc.oneof(fc.string({ unit: 'binary', maxLength: 3000 }), fc.constantFrom(...HOSTILE));

describe('foreign text in mrkdwn', () => {
  it('is escaped once, so that an entity that was typed reads as it was typed', () => {
    expect(written(['a < b & c > d &lt;'])).toBe('a &lt; b &amp; c &gt; d &amp;lt;');
  });

  it('formats nothing, and can be copied back into a command', () => {
    const shown = written(['*us-east-1* `x` ~y~ _z_ run_01j8']);

    expect(shown).toBe('\uff0aus-east-1\uff0a \uff40x\uff40 \uff5ey\uff5e \uff3fz\uff3f run_01j8');
    expect(shown.normalize('NFKC')).toBe('*us-east-1* `x` ~y~ _z_ run_01j8');
  });

  it('has no line, no direction and no hidden character of its own', () => {
    expect(clean('a\nb\tc\u2028d\u202ee\u200bf\u0000g\ue0001\ue001')).toBe('a b c defg1');
  });

  it('never brings anything to life, whatever it is', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const all = written(
          say`*x* ${text} ${{ kind: 'bold', text }} ${{ kind: 'code', text }} ${{ kind: 'label', text }}`,
        );

        expect(tokensIn(all)).toEqual([]);
        expect(all).not.toContain('\n');
        expect(all.length).toBeLessThanOrEqual(3000);
        expect(all.isWellFormed()).toBe(true);
        expect(tokensIn(textLine([text], START))).toEqual([]);
      }),
    );
  });

  it('gets a date out of nothing but digits between the marks of an instant', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const shown = written(sentence(`${text}\ue000${text}\ue001`));

        for (const token of tokensIn(shown)) expect(token).toMatch(/^<!date\^\d+\^/);
      }),
    );
  });
});

describe('shortening', () => {
  it('counts what is missing and never cuts a character in half', () => {
    const cut = shortened('🚨'.repeat(100), 61);

    expect(cut).toMatch(/^🚨+… and \d+ more characters$/u);
    expect(cut.length).toBeLessThanOrEqual(61);
    expect(shortened('ap-southeast-1-and-more-of-it', 24)).toBe('ap-southeast-1-and-more…');
  });

  it('keeps every limit', () => {
    fc.assert(
      fc.property(foreign, fc.integer({ min: 2, max: 400 }), (text, most) => {
        expect(shortened(clean(text), most).length).toBeLessThanOrEqual(most);
        expect(plainText(text, most).text.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('what steer puts there itself', () => {
  it('shows an instant in the zone of its reader, with UTC to fall back to', () => {
    expect(written([time(START)])).toBe('<!date^1767607200^{time_secs}|10:00:00 UTC>');
    expect(written([time(START - 86_400_000)])).toBe(
      '<!date^1767520800^{date_short} {time_secs}|2026-01-04 10:00:00 UTC>',
    );
    expect(written(sentence(`held since ${timeMark(START)}: x`))).toBe(
      'held since <!date^1767607200^{time_secs}|10:00:00 UTC>: x',
    );
    expect(plainOf([time(START)], START)).toBe('10:00:00 UTC');
  });

  it.each([
    ['U1', '<@U1>'],
    ['W0AB', '<@W0AB>'],
    [null, 'operator-1'],
    ['channel', 'operator-1'],
    ['U1> <!channel', 'operator-1'],
  ])('mentions a person only by an id as Slack makes them: %s', (user, shown) => {
    expect(written([{ kind: 'person', person: personId('operator-1'), user }])).toBe(shown);
  });

  it('mentions a group and a channel only by such ids too', () => {
    expect(written([{ kind: 'group', group: 'S1' }, ' ', { kind: 'channel', channel: 'C1' }])).toBe(
      '<!subteam^S1> <#C1>',
    );
    expect(written([{ kind: 'group', group: 'channel' }, ' ', { kind: 'channel', channel: '!here' }])).toBe(
      'channel !here',
    );
  });

  it('notifies nobody from the text', () => {
    const said: Said = [
      { kind: 'person', person: personId('operator-1'), user: 'U1' },
      ' ',
      { kind: 'group', group: 'S1' },
    ];

    expect(textLine(said, START)).toBe('operator-1 the approvers');
  });
});

describe('what a person wrote', () => {
  it('stands between quotation marks in rich text, character by character', () => {
    const block = quoteBlock({ before: ['Reason'], words: '<!channel> *now*\n# DONE' }, START);

    expect(block.elements).toEqual([
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Reason' },
          { type: 'text', text: ': “<!channel> *now* # DONE”' },
        ],
      },
    ]);
  });

  it('is understood by the grammar when it is copied from a message', () => {
    expect(cleanCommand(written(['/steer restore us-east-1 --reason "*x*"']))).toBe(
      cleanCommand('/steer restore us-east-1 --reason "*x*"'),
    );
  });
});
