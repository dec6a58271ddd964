import { expect } from 'vitest';

/** A page of text beside this file, so that a reviewer reads what somebody on call reads. */
export const golden = (name: string, lines: readonly string[]) =>
  expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
