import type { Tree } from '../../../../src/sandbox/page/view/tree.ts';

/** A tree as text with its tags, so that a test can say what it expects in one line. */
export const markup = (tree: Tree | readonly Tree[]): string => {
  if (typeof tree === 'string') return tree;
  if (!('tag' in tree)) return tree.map((one) => markup(one)).join('');
  const { tag, attributes } = tree;
  const href = attributes['href'] === undefined ? '' : ` ${attributes['href']}`;
  return tag === 'br' ? '⏎' : `<${tag}${href}>${markup(tree.children)}</${tag}>`;
};

/** Every element of a tree. */
export const elementsIn = (tree: Tree | readonly Tree[]): readonly Exclude<Tree, string>[] => {
  if (typeof tree === 'string') return [];
  if ('tag' in tree) return [tree, ...elementsIn(tree.children)];
  return tree.flatMap((one) => elementsIn(one));
};
