/** Names are compared in lower case; Cloud DNS keeps the case in which they were written. */
export const keyOf = ({ name, type }: { readonly name: string; readonly type: string }): string =>
  `${name.toLowerCase()} ${type}`;

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
