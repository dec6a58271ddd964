import type { Element as Shown, Tree } from '../view/tree.ts';

const HTML = 'http://www.w3.org/1999/xhtml';

/** What an element was made from; kept beside it, never in it. */
const keys = new WeakMap<Node, string>();

const keyOf = (tree: Tree): string => (typeof tree === 'string' ? '#text' : `${tree.tag} ${tree.key ?? ''}`);

const setAttribute = (element: HTMLElement, name: string, value: string): void => {
  if (name.startsWith('--')) element.style.setProperty(name, value);
  else element.setAttribute(name, value);
};

/** What a person does to these is his: an update must not take it back. */
const OWN = new Set(['value', 'checked', 'selected', 'open', 'style']);

const patchAttributes = (element: HTMLElement, shown: Shown): void => {
  for (const [name, value] of Object.entries(shown.attributes)) {
    if (OWN.has(name) && element.hasAttribute(name)) continue;
    if (element.getAttribute(name) !== value) setAttribute(element, name, value);
  }
  for (const { name } of [...element.attributes])
    if (shown.attributes[name] === undefined && !OWN.has(name)) element.removeAttribute(name);
};

const make = (tree: Tree): Node => {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const element = document.createElementNS(HTML, tree.tag);
  if (!(element instanceof HTMLElement)) throw new TypeError(`${tree.tag} is no element of HTML`);
  for (const [name, value] of Object.entries(tree.attributes)) setAttribute(element, name, value);
  keys.set(element, keyOf(tree));
  for (const child of tree.children) element.append(make(child));
  return element;
};

const update = (node: Node, tree: Tree): void => {
  if (typeof tree === 'string') {
    if (node.nodeValue !== tree) node.nodeValue = tree;
    return;
  }
  if (!(node instanceof HTMLElement)) return;
  patchAttributes(node, tree);
  const isKept = tree.attributes['data-keep'] !== undefined || node instanceof HTMLTextAreaElement;
  if (!isKept) patchChildren(node, tree.children);
};

const nodeKey = (node: Node): string => (node instanceof Text ? '#text' : (keys.get(node) ?? ''));

const remove = (node: Node): void => {
  // Closing gives the focus back to where it was before the dialog.
  if (node instanceof HTMLDialogElement) node.close();
  node.parentNode?.removeChild(node);
};

/**
 * Makes the children of an element what the trees say, with as few changes as it takes: an element whose tag and key stay is
 * kept, with its focus, its scroll position and what was typed into it. Never reads markup.
 */
export const patchChildren = (parent: Element, trees: readonly Tree[]): void => {
  const waiting = new Map<string, Node[]>();
  for (const node of parent.childNodes) {
    const key = nodeKey(node);
    waiting.set(key, [...(waiting.get(key) ?? []), node]);
  }
  let at: Node | null = parent.firstChild;
  for (const tree of trees) {
    const known = waiting.get(keyOf(tree))?.shift();
    const node = known ?? make(tree);
    if (known !== undefined) update(known, tree);
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  for (const left of waiting.values()) for (const node of left) remove(node);
};
