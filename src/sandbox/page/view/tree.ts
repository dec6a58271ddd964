/**
 * What a page shows, as plain data: text is text and never markup, so nothing that a message says can become an element.
 * An attribute that begins with `--` is a CSS variable of the element.
 */
export interface Element {
  readonly tag: string;
  /** Tells siblings apart, so that an update keeps the element, its focus and what was typed into it. */
  readonly key: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Tree[];
}

export type Tree = string | Element;

type Child = Tree | null | false | readonly Child[];

/** `true` is an attribute without a value; null, undefined and false leave it out. */
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

const flat = (child: Child): readonly Tree[] => {
  if (child === null || child === false) return [];
  if (typeof child === 'string') return [child];
  return isMany(child) ? child.flatMap(flat) : [child];
};

const isMany = (child: Element | readonly Child[]): child is readonly Child[] => Array.isArray(child);

const attributeText = (value: string | number | true): string => (value === true ? '' : String(value));

/** An element; the attribute `key` names it among its siblings. */
export const h = (tag: string, attributes: Attributes = {}, ...children: readonly Child[]): Element => {
  const { key, ...others } = attributes;
  const given = Object.entries(others).flatMap(([name, value]) =>
    value === null || value === undefined || value === false ? [] : [[name, attributeText(value)] as const],
  );
  return {
    tag,
    key: key === null || key === undefined || key === false ? null : String(key),
    attributes: Object.fromEntries(given),
    children: children.flatMap(flat),
  };
};

/** The text that a reader gets, for titles and tests. */
export const textOf = (tree: Tree | readonly Tree[]): string => {
  if (typeof tree === 'string') return tree;
  if ('tag' in tree) return tree.tag === 'br' ? '\n' : tree.children.map(textOf).join('');
  return tree.map((one) => textOf(one)).join('');
};
