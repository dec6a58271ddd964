import type { WireHandler, WireRequest } from '../../wire.ts';
import { isObject, type JsonObject, parseJson, textOf } from '../json.ts';
import { type Acknowledgement, DeliveryProblem, type Envelope, type Transport } from './envelope.ts';
import { signatureHeaders } from './signature.ts';

export interface SignedHttpParts {
  readonly signingSecret: string;
  readonly now: () => number;
  /** The bot's end. */
  readonly bot: WireHandler;
  /** `/slack/events`. */
  readonly path: string;
}

const formOf = (payload: JsonObject): string =>
  new URLSearchParams(
    Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, textOf(value)])),
  ).toString();

type Content = Omit<Envelope, 'acknowledged'>;

const bodyOf = ({ kind, payload }: Content): { readonly type: string; readonly body: string } => {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const type = 'application/x-www-form-urlencoded';
  if (kind === 'slash_commands') return { type, body: formOf(payload) };
  return { type, body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() };
};

/** The request by which Slack tells a bot something, signed for the given time. */
export const signedRequest = (
  envelope: Content,
  signingSecret: string,
  seconds: number,
  path = '/slack/events',
): WireRequest => {
  const { type, body } = bodyOf(envelope);
  const retry: Record<string, string> =
    envelope.retry === null
      ? {}
      : { 'x-slack-retry-num': String(envelope.retry.attempt), 'x-slack-retry-reason': envelope.retry.reason };
  return {
    method: 'POST',
    path,
    query: {},
    headers: {
      'content-type': type,
      accept: 'application/json,*/*',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...signatureHeaders(signingSecret, body, seconds),
      ...retry,
    },
    body,
  };
};

const read = (type: string, body: string): Acknowledgement => {
  if (body === '') return null;
  return type.startsWith('application/json') ? (parseJson(body) ?? null) : body;
};

const exchange = async (parts: SignedHttpParts, envelope: Content): Promise<Acknowledgement> => {
  const seconds = Math.floor(parts.now() / 1000);
  const answer = await parts.bot(signedRequest(envelope, parts.signingSecret, seconds, parts.path));
  if (answer === 'hang') return new Promise(() => {});
  if (answer === 'reset') throw new DeliveryProblem('dispatch_failed', 'connection_failed');
  if (answer.status !== 200) throw new DeliveryProblem('dispatch_failed', 'http_error');
  return read(answer.headers['content-type'] ?? '', answer.body);
};

/** Delivers by signed requests, once the bot's end has shown that it is the bot's: it must give the challenge back. */
export const createSignedHttp = async (parts: SignedHttpParts, challenge: string): Promise<Transport> => {
  const payload = { token: 'sandbox-verification', challenge, type: 'url_verification' };
  const answer = await exchange(parts, { id: challenge, kind: 'events_api', payload, retry: null });
  const given = isObject(answer) ? answer['challenge'] : answer;
  if (given !== challenge) throw new TypeError('the request URL did not give back the challenge of url_verification');
  return async (envelope) => envelope.acknowledged(await exchange(parts, envelope));
};
