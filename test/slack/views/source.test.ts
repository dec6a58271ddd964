import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const VIEWS = resolve(import.meta.dirname, '../../../src/slack/views');
const sources = readdirSync(VIEWS).map((name) => ({ name, text: readFileSync(join(VIEWS, name), 'utf8') }));
const having = (pattern: RegExp): readonly string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

describe('the views', () => {
  it('write mrkdwn in the module that escapes, and nowhere else', () => {
    expect(having(/['"`]mrkdwn['"`]/)).toEqual(['escape.ts']);
    expect(having(/MrkdwnElement/)).toEqual(['escape.ts']);
  });

  it('write mentions, links and dates in that module, and nowhere else', () => {
    expect(having(/<[!@#]|<https?:/)).toEqual(['escape.ts']);
  });

  it('write text elements of rich text in that module, and nowhere else', () => {
    expect(having(/rich_text/)).toEqual(['escape.ts']);
  });

  it('call nothing and read no clock', () => {
    expect(having(/Date\.now|new Date\(|Math\.random|await |async |node:|@slack\/(bolt|web-api)/)).toEqual([]);
    expect(having(/^import \{[^}]*\} from '@slack\/types'/m)).toEqual([]);
  });

  it('have no meaning in a picture: no emoji and no codes of any', () => {
    expect(having(/\p{Extended_Pictographic}|['" ]:[a-z_]+:/u)).toEqual([]);
  });
});
