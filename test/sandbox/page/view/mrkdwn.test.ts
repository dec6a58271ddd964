import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mrkdwn } from '../../../../src/sandbox/page/view/mrkdwn.ts';
import { textOf } from '../../../../src/sandbox/page/view/tree.ts';
import { elementsIn, markup } from './markup.ts';
import { READING } from './reading.ts';

const read = (text: string): string => markup(mrkdwn(text, READING));

describe('mrkdwn', () => {
  it.each([
    ['*bold* _italic_ ~gone~ `code`', '<strong>bold</strong> <em>italic</em> <s>gone</s> <code>code</code>'],
    ['*_both_*', '<strong><em>both</em></strong>'],
    ['2*3*4 snake_case_name', '2*3*4 snake_case_name'],
    ['* not bold * and *not\nbold*', '* not bold * and *not⏎bold*'],
    ['`*not bold* <@U1>`', '<code>*not bold* <@U1></code>'],
    ['a\nb', 'a⏎b'],
    ['&lt;b&gt; &amp;amp; &copy;', '<b> &amp; &copy;'],
    ['> said\n&gt; and said\nafter', '<blockquote>said⏎and said</blockquote>after'],
    ['before ```\n*x*\n``` after', 'before <pre>*x*</pre> after'],
    ['an open ``` fence', 'an open ``` fence'],
    ['<https://a.example/x|there>', '<a https://a.example/x>there</a>'],
    ['see https://a.example/x?a=1&amp;b=2.', 'see <a https://a.example/x?a=1&b=2>https://a.example/x?a=1&b=2</a>.'],
    ['<mailto:a@b.example|mail>', '<a mailto:a@b.example>mail</a>'],
    ['<@U1> <@U9> <#C1> <#C9> <!subteam^S1> <!here>', '@operator @U9 #ops #private-channel @approvers @here'],
    ['<!date^1767621800^{date_short_pretty} {time_secs}|14:03 UTC>', '<time>today 15:03:20</time>'],
    ['<!date^1767621800^no token|14:03 UTC>', '<time>14:03 UTC</time>'],
    ['<!date^x^{time}|14:03 UTC>', '<time>14:03 UTC</time>'],
  ])('reads %j', (text, expected) => {
    expect(read(text).replaceAll(/<\/?span>/g, '')).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    ' javascript:alert(1)',
    'file:///etc/passwd',
    '//x',
  ])('makes no link of %s', (address) => {
    const trees = mrkdwn(`<${address}|press me>`, READING);

    expect(elementsIn(trees).filter(({ tag }) => tag === 'a')).toEqual([]);
    expect(textOf(trees)).toBe('press me');
  });

  it('shows markup as the text that it is', () => {
    const trees = mrkdwn('<img src=x onerror=alert(1)> <script>alert(1)</script>', READING);

    expect(elementsIn(trees)).toEqual([]);
    expect(textOf(trees)).toContain('script');
  });

  it('never makes an element or an attribute that it has not a use for, whatever it is given', () => {
    const known = new Set(['a', 'strong', 'em', 's', 'code', 'pre', 'br', 'blockquote', 'span', 'time']);
    const attributes = new Set(['href', 'target', 'rel', 'class', 'datetime', 'title']);
    const pieces = fc.constantFrom(
      ...'<>&*_~`|!@#^\n '.split(''),
      '```',
      '&lt;',
      '<@U1>',
      '<!date^1^{time}|x>',
      'https://a.example',
      'javascript:',
      'onclick=',
      'a',
      'é',
      '日本',
    );

    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const trees = elementsIn(mrkdwn(parts.join(''), READING));
        for (const { tag, attributes: own } of trees) {
          expect(known).toContain(tag);
          for (const name of Object.keys(own)) expect(attributes).toContain(name);
          expect(own['href'] ?? 'https:').toMatch(/^(https?|mailto):/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('takes a long hostile text in reasonable time', () => {
    const text = '*a _b '.repeat(2000);

    const trees = mrkdwn(text, READING);

    expect(textOf(trees)).toBe(text);
  });
});
