import type { ProviderVerdict } from '../../operations/check-provider.ts';

const aliasText = ({ zeroOnAlias }: ProviderVerdict): string =>
  zeroOnAlias
    ? 'weight 0 drains an alias: `drain: zero` may be used on alias sets'
    : 'that weight 0 drains an alias is not proven: `drain: zero` stays refused on alias sets, use `drain: remove`';

/** What one account has shown: what follows from it, then every question. `OPEN` could not be asked. */
export const verdictLines = (verdict: ProviderVerdict): readonly string[] => [
  `${verdict.provider}: conditional writes are ${verdict.conditionalWrite}`,
  `${verdict.provider}: ${aliasText(verdict)}`,
  ...verdict.findings.map((finding) => `  ${finding}`),
];
