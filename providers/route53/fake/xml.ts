import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { invalidInput } from './refusal.ts';

/** One element as it was sent: the text is never converted, so `007` stays `007`. */
export type XmlElement = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly text: string;
  readonly children: readonly XmlElement[];
};

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  // Without it a line break inside a TXT value, sent as &#x0A;, would stay six characters.
  htmlEntities: true,
});

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const toElement = (node: Record<string, unknown>): XmlElement | undefined => {
  const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
  const content = name === undefined ? undefined : node[name];
  if (name === undefined || !Array.isArray(content)) return undefined;
  const attributes = node[':@'];
  const { xmlns: namespace } = isObject(attributes) ? attributes : {};
  const nodes = content.filter(isObject);
  return {
    name,
    namespace: typeof namespace === 'string' ? namespace : undefined,
    text: nodes.map((child) => (typeof child['#text'] === 'string' ? child['#text'] : '')).join(''),
    children: nodes.map(toElement).filter((child) => child !== undefined),
  };
};

/** The root of a request body, which must be `rootName` in `namespace`; `InvalidInput` otherwise. */
export const readXml = (body: string, rootName: string, namespace: string): XmlElement => {
  if (XMLValidator.validate(body) !== true) throw invalidInput('Unable to parse request body as XML');
  const parsed: unknown = parser.parse(body);
  const roots = (Array.isArray(parsed) ? parsed : [])
    .filter(isObject)
    .map(toElement)
    .filter((e) => e !== undefined);
  const [root, ...others] = roots;
  if (root === undefined || others.length > 0)
    throw invalidInput('The request body must have exactly one root element');
  if (root.name !== rootName) throw invalidInput(`Expected the element ${rootName} but found ${root.name}`);
  if (root.namespace !== namespace) throw invalidInput(`The element ${rootName} must be in the namespace ${namespace}`);
  return root;
};

export const childrenOf = (parent: XmlElement | undefined, name: string): readonly XmlElement[] =>
  (parent?.children ?? []).filter((child) => child.name === name);

/** The one child of that name. The same element twice is refused: the service's schema allows each once. */
export const childOf = (parent: XmlElement | undefined, name: string): XmlElement | undefined => {
  const [first, ...others] = childrenOf(parent, name);
  if (others.length > 0) throw invalidInput(`The element ${name} appears more than once`);
  return first;
};

export const textOf = (parent: XmlElement | undefined, name: string): string | undefined => childOf(parent, name)?.text;

export const requiredText = (parent: XmlElement | undefined, name: string): string => {
  const text = textOf(parent, name);
  if (text === undefined || text === '') throw invalidInput(`1 validation error detected: ${name} must not be empty`);
  return text;
};

/** An element nobody knows would be lost silently, so it is refused. */
export const refuseUnknown = (parent: XmlElement, known: readonly string[]): void => {
  const stranger = parent.children.find((child) => !known.includes(child.name));
  if (stranger !== undefined) throw invalidInput(`Unexpected element ${stranger.name} in ${parent.name}`);
};

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeText = (text: string): string => text.replace(/[<>&"']/g, (char) => ESCAPES[char] ?? char);

/** `<name>` around text, which is escaped; nothing at all for `undefined`, as an absent field is on the wire. */
export const leaf = (name: string, value: string | number | boolean | undefined): string =>
  value === undefined ? '' : `<${name}>${escapeText(String(value))}</${name}>`;

/** `<name>` around elements that are already XML. */
export const branch = (name: string, ...inner: readonly string[]): string => `<${name}>${inner.join('')}</${name}>`;

export const rootBranch = (name: string, namespace: string, ...inner: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${inner.join('')}</${name}>`;
