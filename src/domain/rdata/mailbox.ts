import { bad, type Checked, shown } from './checked.ts';
import { canonicalName } from './name.ts';

/** Whether the character at this place has a backslash before it that is not itself escaped. */
const isEscaped = (text: string, at: number): boolean => /(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(0, at));

/**
 * A mailbox as the SOA and RP records write it: the part before the `@` is the first label, its dots escaped (RFC 1035
 * section 8). `first.last@example.com` is `first\.last.example.com.`
 */
export const mailboxOf = (email: string): Checked<string> => {
  const at = email.lastIndexOf('@');
  const wrong = `${shown(email)} is no mail address; expected one such as hostmaster@example.com`;
  if (at < 1 || at === email.length - 1) return bad(wrong);
  const local = email.slice(0, at).replaceAll(/[\\.]/g, (char) => `\\${char}`);
  const name = canonicalName(`${local}.${email.slice(at + 1)}`);
  return name.ok ? name : bad(`${wrong} (${name.because})`);
};

/** The mail address of a canonical mailbox name. */
export const emailOf = (mailbox: string): string => {
  let dot = mailbox.indexOf('.');
  while (dot > 0 && isEscaped(mailbox, dot)) dot = mailbox.indexOf('.', dot + 1);
  if (dot < 1) return mailbox;
  const local = mailbox.slice(0, dot).replaceAll(/\\([^0-9])/g, '$1');
  return `${local}@${mailbox.slice(dot + 1).replace(/\.$/, '')}`;
};
