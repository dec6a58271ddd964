import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const TRAITS = z.record(z.string(), z.unknown()).optional();
const TARGET = z.object({ target: z.string(), traits: TRAITS });
const SHAPE = z.object({
  type: z.string(),
  traits: TRAITS,
  members: z.record(z.string(), TARGET).optional(),
  member: TARGET.optional(),
  key: TARGET.optional(),
  value: TARGET.optional(),
  input: TARGET.optional(),
  output: TARGET.optional(),
  errors: z.array(TARGET).optional(),
  version: z.string().optional(),
});
const FILE = z.object({ smithy: z.string(), shapes: z.record(z.string(), SHAPE) });

export type Member = z.infer<typeof TARGET>;
export type Shape = z.infer<typeof SHAPE>;

/** One vendor's published API description, in Smithy's JSON form (https://smithy.io/2.0/spec/json-ast.html, 2026-11). */
export interface ApiModel {
  readonly shape: (id: string) => Shape;
  readonly operations: readonly { readonly name: string; readonly shape: Shape }[];
  /** XML namespace of requests and answers. */
  readonly namespace: string;
}

/** The trait's value without `smithy.api#`, or undefined. */
export const traitOf = (holder: { readonly traits?: Shape['traits'] }, name: string): unknown =>
  holder.traits?.[`smithy.api#${name}`];

export const nameOf = (id: string): string => id.split('#')[1] ?? id;

/** Smithy's own scalars stand in no file. */
const PRELUDE = /^smithy\.api#(?:Primitive)?(String|Integer|Long|Boolean|Double|Float|Timestamp)$/;

/** Folder with the vendors' published API descriptions; `STEER_API_MODELS` names another one. */
export const modelsFolder = (environment: NodeJS.ProcessEnv = process.env): string => {
  const { STEER_API_MODELS: named } = environment;
  const root = resolve(import.meta.dirname, '..', '..', '..', '..');
  return named === undefined || named === '' ? resolve(root, '..', 'shared', 'specs') : resolve(root, named);
};

export const ROUTE53_MODEL = 'route-53-2013-04-01.smithy.json';
export const CLOUDWATCH_MODEL = 'cloudwatch-2010-08-01.smithy.json';

export const hasModels = (folder = modelsFolder()): boolean =>
  [ROUTE53_MODEL, CLOUDWATCH_MODEL].every((file) => existsSync(join(folder, file)));

export const loadModel = (file: string): ApiModel => {
  const { shapes } = FILE.parse(JSON.parse(readFileSync(join(modelsFolder(), file), 'utf8')));
  const service = Object.values(shapes).find(({ type }) => type === 'service');
  const namespace = z
    .object({ uri: z.string() })
    .parse(service === undefined ? null : traitOf(service, 'xmlNamespace'));
  return {
    namespace: namespace.uri,
    operations: Object.entries(shapes)
      .filter(([, { type }]) => type === 'operation')
      .map(([id, shape]) => ({ name: nameOf(id), shape })),
    shape: (id) => {
      const known = shapes[id];
      if (known !== undefined) return known;
      const scalar = PRELUDE.exec(id)?.[1];
      if (scalar === undefined) throw new Error(`the description names ${id} and does not say what it is`);
      return { type: scalar.toLowerCase() };
    },
  };
};
