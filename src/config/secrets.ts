/**
 * Texts that look like a credential. A config file is read by many people, kept in version control and in the journal for
 * ever, so it says where a secret is found and never the secret. Rather one false alarm than one key in the journal.
 */
const LOOKS_SECRET: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  // Prefixes of AWS unique identifiers: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  { what: 'an AWS access key id', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g },
  {
    what: 'a secret access key',
    pattern: /(?<=(?:secret|password|token)\w{0,20}['"]?[:=] ?['"]?)[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])/gi,
  },
  // https://api.slack.com/concepts/token-types
  { what: 'a Slack token', pattern: /xox[a-z](?:\.[a-z]+)?-[A-Za-z0-9-]{6,}|xapp-[A-Za-z0-9-]{6,}/g },
  { what: 'a Slack webhook address', pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]+/g },
  {
    what: 'a private key',
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[^-]{0,8000}-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  },
  { what: 'a GitHub token', pattern: /gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}/g },
  {
    what: 'a JSON Web Token',
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?/g,
  },
  { what: 'a password in an address', pattern: /(?<=\w:\/\/)[^\s/@:'"]*:[^\s/@'"]+(?=@)/g },
];

export interface FoundSecret {
  readonly what: string;
  readonly offset: number;
}

/** Everything in the text that looks like a credential, by place, never with its text. */
export const findSecrets = (text: string): readonly FoundSecret[] =>
  LOOKS_SECRET.flatMap(({ what, pattern }) =>
    text
      .matchAll(pattern)
      .map(({ index }) => ({ what, offset: index }))
      .toArray(),
  ).sort((a, b) => a.offset - b.offset);

/** The text with everything that looks like a credential blotted out. */
export const redacted = (text: string): string =>
  LOOKS_SECRET.reduce((rest, { pattern }) => rest.replaceAll(pattern, '[redacted]'), text);
