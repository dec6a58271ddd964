import { z } from 'zod';
import type { WireAnswer, WireHandler, WireRequest } from '../../../../src/sandbox/wire.ts';
import { type ApiModel, nameOf, type Shape, traitOf } from './model.ts';
import { type Form, problemsOf } from './values.ts';
import { asValue, rootOf } from './xml.ts';

/** One request of the product and what the fake said to it. */
export interface Exchange {
  readonly request: WireRequest;
  readonly answer: WireAnswer;
}

/** A handler that remembers everything that passes through it. */
export const recorded = (handler: WireHandler): { readonly handler: WireHandler; readonly exchanges: Exchange[] } => {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    handler: async (request) => {
      const answer = await handler(request);
      exchanges.push({ request, answer });
      return answer;
    },
  };
};

/** What any operation may answer beside its own errors (Common Errors of both API references, 2026-11). */
const COMMON_ERRORS = [
  'AccessDenied',
  'InternalFailure',
  'InvalidClientTokenId',
  'ServiceUnavailable',
  'SignatureDoesNotMatch',
  'Throttling',
  'ThrottlingException',
  'ValidationError',
];

export interface Checked {
  readonly operation: string;
  readonly problems: readonly string[];
}

const HTTP = z.object({ method: z.string(), uri: z.string(), code: z.number() });

type Operation = ApiModel['operations'][number];

const errorProblems = ({ name, shape }: Operation, code: string | undefined): readonly string[] => {
  const known = [...(shape.errors ?? []).map(({ target }) => nameOf(target)), ...COMMON_ERRORS];
  return code !== undefined && known.includes(code) ? [] : [`${name}: error ${code} is none of ${known.join(', ')}`];
};

/** The labels out of a path such as `/2013-04-01/hostedzone/{HostedZoneId}/rrset`; null when it is another path. */
const labelsOf = (template: string, path: string): Record<string, string> | null => {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const pattern = template.replace(/\{\w+\}/g, '([^/]+)');
  const match = new RegExp(`^${pattern}/?$`).exec(path);
  return match === null
    ? null
    : Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]));
};

/** Fields that travel outside the body, by where they do. */
const travelling = (shape: Shape, trait: 'httpQuery' | 'httpHeader', from: Readonly<Record<string, string>>) => {
  const fields = new Map(
    Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
      const other = traitOf(member, trait);
      return typeof other === 'string' ? [[trait === 'httpHeader' ? other.toLowerCase() : other, name] as const] : [];
    }),
  );
  return Object.fromEntries(
    Object.entries(from).flatMap(([key, value]) => {
      const name = fields.get(key);
      // A header may be anybody's; a strange query parameter is ours.
      return name === undefined ? (trait === 'httpQuery' ? [[key, value]] : []) : [[name, value]];
    }),
  );
};

const bodyFields = (model: ApiModel, target: string, body: string): Record<string, unknown> => {
  if (body === '') return {};
  const root = rootOf(body);
  const { xmlns } = root.attributes;
  const value = asValue(model, target, root);
  const isRight = root.name === nameOf(target) && xmlns === model.namespace;
  return {
    ...(value as Record<string, unknown>),
    ...(isRight ? {} : { [`root ${root.name} in ${String(xmlns)}`]: true }),
  };
};

/** Holds one exchange of a REST and XML service against its description. Throws for a path that it does not have. */
export const checkRestXml = (model: ApiModel, { request, answer }: Exchange): Checked => {
  const found = model.operations.flatMap((operation) => {
    const http = HTTP.parse(traitOf(operation.shape, 'http'));
    const labels = http.method === request.method ? labelsOf(http.uri.split('?')[0] ?? '', request.path) : null;
    return labels === null ? [] : [{ operation, labels, code: http.code }];
  })[0];
  if (found === undefined) throw new Error(`no operation has ${request.method} ${request.path}`);
  const { operation, labels, code } = found;
  const form: Form = 'text';
  const input = operation.shape.input?.target ?? '';
  const sent = {
    ...labels,
    ...travelling(model.shape(input), 'httpQuery', request.query),
    ...bodyFields(model, input, request.body),
  };
  const problems = [...problemsOf(model, input, sent, form)];
  if (typeof answer === 'string') return { operation: operation.name, problems };
  if (answer.status >= 400) {
    const error = rootOf(answer.body).children.find(({ name }) => name === 'Error');
    const errorCode = error?.children.find(({ name }) => name === 'Code')?.text;
    return { operation: operation.name, problems: [...problems, ...errorProblems(operation, errorCode)] };
  }
  if (answer.status !== code) problems.push(`${operation.name}: status ${answer.status} instead of ${code}`);
  const output = operation.shape.output?.target ?? '';
  const given = {
    ...travelling(model.shape(output), 'httpHeader', answer.headers),
    ...bodyFields(model, output, answer.body),
  };
  return { operation: operation.name, problems: [...problems, ...problemsOf(model, output, given, form)] };
};

/** Holds one exchange of a JSON service against its description. Throws for a target that it does not have. */
export const checkJson = (model: ApiModel, { request, answer }: Exchange): Checked => {
  const name = request.headers['x-amz-target']?.split('.')[1];
  const operation = model.operations.find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`no operation is called ${name}`);
  const form: Form = 'json';
  const problems = [...problemsOf(model, operation.shape.input?.target ?? '', JSON.parse(request.body), form)];
  if (typeof answer === 'string') return { operation: operation.name, problems };
  const body: unknown = answer.body === '' ? {} : JSON.parse(answer.body);
  if (answer.status >= 400) {
    const { __type } = z.object({ __type: z.string() }).parse(body);
    return { operation: operation.name, problems: [...problems, ...errorProblems(operation, nameOf(__type))] };
  }
  const output = operation.shape.output?.target;
  // An operation without an output is described as smithy.api#Unit: any empty object.
  const given = output === undefined || output === 'smithy.api#Unit' ? [] : problemsOf(model, output, body, form);
  return { operation: operation.name, problems: [...problems, ...given] };
};
