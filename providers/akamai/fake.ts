import { createFakeFaults, type FakeFaults } from '../fake-kit/faults.ts';
import { type FakeAnswer, type FakeHandler, type FakeRequest, type FakeResponse, json } from '../fake-kit/wire.ts';
import { FakeDomain } from './fake/domain.ts';
import { Problem, problem } from './fake/problem.ts';
import type { FakeProperty } from './fake/shapes.ts';
import { createSignatureCheck, type FakeClient } from './fake/signature.ts';

export interface AkamaiFakeOptions {
  readonly now: () => number;
  /** Scheme and host under which clients know it; both are signed. */
  readonly origin: string;
  /** By client token. */
  readonly clients: Readonly<Record<string, FakeClient>>;
  readonly propagationMs: number;
  readonly sleep?: (ms: number) => Promise<void>;
  /**
   * What a PUT answers: the property and the change, as the vendor's own clients read it, or the property alone, as the
   * description of version 1.5 shows it.
   */
  readonly putAnswers?: 'resource-and-status' | 'property';
}

/** A request as it was carried out: what it did, whatever its sender was told. */
export interface AkamaiLogEntry {
  readonly method: string;
  readonly path: string;
  readonly tookEffect: boolean;
}

export interface AkamaiFake {
  readonly handle: FakeHandler;
  readonly faults: FakeFaults;
  readonly log: readonly AkamaiLogEntry[];
  createDomain(name: string, datacenters: readonly number[], properties: readonly FakeProperty[]): FakeDomain;
}

const FAULTS = {
  throttled: problem(new Problem(429, 'rateLimited', 'Too many requests')),
  busy: problem(new Problem(423, 'locked', 'The domain is being changed by another request')),
  unavailable: problem(new Problem(503, 'unavailable', 'Service unavailable')),
  expired: problem(new Problem(401, 'invalid-access-token', 'The access token is no longer good')),
};

const MEDIA_TYPE = 'application/vnd.config-gtm.v1.5+json';

const DOMAIN = /^\/config-gtm\/v1\/domains\/([^/]+)$/;
const PROPERTY = /^\/config-gtm\/v1\/domains\/([^/]+)\/properties\/([^/]+)$/;
const STATUS = /^\/config-gtm\/v1\/domains\/([^/]+)\/status\/current$/;

const LONGEST_COMMENT = 4000;

const versioned = (status: number, value: unknown): FakeResponse =>
  json(status, value, { 'content-type': `${MEDIA_TYPE};charset=UTF-8` });

const assertAccepts = ({ headers }: FakeRequest): void => {
  if (headers['accept'] === MEDIA_TYPE) return;
  throw new Problem(406, 'httpMediaTypeNotAcceptable', `Only ${MEDIA_TYPE} is served here`);
};

const assertContent = ({ headers, query }: FakeRequest): void => {
  if (headers['content-type'] !== MEDIA_TYPE) {
    throw new Problem(415, 'unsupportedMediaType', `Only ${MEDIA_TYPE} is taken here`);
  }
  const strange = Object.keys(query).find((key) => key !== 'domainModificationComments');
  if (strange !== undefined) throw new Problem(400, 'badRequest', `Unknown query parameter ${strange}`);
  if ((query['domainModificationComments'] ?? '').length > LONGEST_COMMENT) {
    throw new Problem(400, 'badRequest', 'The comment is too long');
  }
};

const parsed = (body: string): { readonly json: unknown } | 'no JSON' => {
  try {
    return { json: JSON.parse(body) };
  } catch {
    return 'no JSON';
  }
};

/** Akamai's `config-gtm` for domains, properties and their status: a function of requests and a clock. */
export const createAkamaiFake = (options: AkamaiFakeOptions): AkamaiFake => {
  const domains = new Map<string, FakeDomain>();
  const log: AkamaiLogEntry[] = [];
  const check = createSignatureCheck(options);
  const faults = createFakeFaults({
    answers: FAULTS,
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  });
  let made = 0;
  const newChangeId = (): string => `5beb11ae-8908-4bfe-8459-${(++made).toString(16).padStart(12, '0')}`;

  const domainOf = (name: string | undefined): FakeDomain => {
    const found = domains.get(decodeURIComponent(name ?? ''));
    if (found === undefined) throw new Problem(404, 'notFound', `Domain ${name} does not exist`);
    return found;
  };

  const put = (request: FakeRequest, domain: FakeDomain, name: string): FakeResponse => {
    assertAccepts(request);
    assertContent(request);
    const body = parsed(request.body);
    if (body === 'no JSON') throw new Problem(400, 'httpMessageNotReadable', 'The body is no JSON');
    const status = domain.has(name) ? 200 : 201;
    const resource = domain.put(name, body.json);
    return versioned(status, options.putAnswers === 'property' ? resource : { resource, status: domain.status() });
  };

  const carriedOut = (request: FakeRequest): FakeResponse => {
    check(request);
    const { method, path } = request;
    const [property, domain, status] = [PROPERTY.exec(path), DOMAIN.exec(path), STATUS.exec(path)];
    if (property !== null) {
      const name = decodeURIComponent(property[2] ?? '');
      if (method === 'PUT') return put(request, domainOf(property[1]), name);
      if (method === 'GET') {
        assertAccepts(request);
        return versioned(200, domainOf(property[1]).property(name));
      }
    }
    if (domain !== null && method === 'GET') {
      assertAccepts(request);
      return versioned(200, domainOf(domain[1]).shown());
    }
    if (status !== null && method === 'GET') return json(200, domainOf(status[1]).status());
    throw new Problem(404, 'notFound', `No operation ${method} ${path}`);
  };

  const effect = async (request: FakeRequest): Promise<FakeAnswer> => {
    const note = (tookEffect: boolean): void =>
      void log.push({ method: request.method, path: request.path, tookEffect });
    try {
      const answer = carriedOut(request);
      note(request.method !== 'GET');
      return answer;
    } catch (refusal) {
      if (!(refusal instanceof Problem)) throw refusal;
      note(false);
      return problem(refusal);
    }
  };

  return {
    handle: (request) => faults.around(request, () => effect(request)),
    faults,
    log,
    createDomain(name, datacenters, properties) {
      const { now, propagationMs } = options;
      const domain = new FakeDomain({ name, datacenters, now, propagationMs, newChangeId }, properties);
      domains.set(name, domain);
      return domain;
    },
  };
};
