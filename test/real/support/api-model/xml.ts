import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type ApiModel, type Member, traitOf } from './model.ts';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly children: readonly Element[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  ignoreDeclaration: true,
});

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const elementOf = (node: Record<string, unknown>): Element[] => {
  const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
  const content = name === undefined ? undefined : node[name];
  if (name === undefined || !Array.isArray(content)) return [];
  const nodes = content.filter(isObject);
  const attributes = node[':@'];
  return [
    {
      name,
      attributes: isObject(attributes) ? attributes : {},
      text: nodes
        .map((child) => child['#text'])
        .filter((text) => typeof text === 'string')
        .join(''),
      children: nodes.flatMap(elementOf),
    },
  ];
};

/** Throws when the text is not XML with one root. */
export const rootOf = (text: string): Element => {
  if (XMLValidator.validate(text) !== true) throw new Error(`not XML: ${text.slice(0, 200)}`);
  const parsed: unknown = parser.parse(text);
  const [root, ...more] = (Array.isArray(parsed) ? parsed : []).filter(isObject).flatMap(elementOf);
  if (root === undefined || more.length > 0) throw new Error(`not one root element: ${text.slice(0, 200)}`);
  return root;
};

/** What a field is called in XML. */
const tagOf = (name: string, member: Member): string => {
  const other = traitOf(member, 'xmlName');
  return typeof other === 'string' ? other : name;
};

/**
 * An element as a value of a shape, with texts for scalars. What the description does not know stays under its own name, and
 * what stands there twice becomes a list, so that the check of values finds both.
 */
export const asValue = (model: ApiModel, target: string, element: Element): unknown => {
  const shape = model.shape(target);
  if (shape.type === 'list') {
    const { member } = shape;
    const tag = member === undefined ? '' : tagOf('member', member);
    const stray = element.children.find(({ name }) => name !== tag);
    // A name that no shape has: the check of values says so.
    if (stray !== undefined || member === undefined) return { [`entry ${stray?.name}`]: true };
    return element.children.map((child) => asValue(model, member.target, child));
  }
  if (shape.type !== 'structure') return element.children.length === 0 ? element.text : { elements: true };
  const members = new Map(
    Object.entries(shape.members ?? {}).map(([name, member]) => [tagOf(name, member), { name, member }]),
  );
  const fields = Map.groupBy(element.children, ({ name }) => name);
  return Object.fromEntries(
    [...fields].map(([tag, children]) => {
      const known = members.get(tag);
      if (known === undefined) return [tag, children[0]?.text];
      const values = children.map((child) => asValue(model, known.member.target, child));
      return [known.name, values.length === 1 ? values[0] : { repeated: values.length }];
    }),
  );
};
