import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { createInProcessHandler, type InProcessOptions } from '../../src/sandbox/in-process-handler.ts';
import type { WireHandler, WireRequest } from '../../src/sandbox/wire.ts';

const clientOf = (handler: WireHandler, options: InProcessOptions = {}) =>
  new CloudWatchClient({
    region: 'us-east-1',
    endpoint: 'http://monitoring.invalid',
    credentials: { accessKeyId: 'AKIASANDBOX', secretAccessKey: 'x' },
    maxAttempts: 1,
    requestHandler: createInProcessHandler(handler, options),
  });

const ask = (client: CloudWatchClient, abortSignal?: AbortSignal) =>
  client.send(new ListMetricsCommand({ Namespace: 'Svc' }), abortSignal === undefined ? {} : { abortSignal });

const json = (body: object) => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(body),
});

describe('an AWS client over the in-process transport', () => {
  it('reaches the fake with a signed request in lower-case headers, and reads its answer', async () => {
    const seen: WireRequest[] = [];
    const client = clientOf(async (request) => {
      seen.push(request);
      return json({ Metrics: [{ MetricName: '5XX' }] });
    });

    const answer = await ask(client);

    expect(answer.Metrics?.[0]?.MetricName).toBe('5XX');
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/', body: '{"Namespace":"Svc"}' });
    expect(seen[0]?.headers).toMatchObject({
      authorization: expect.stringContaining('/us-east-1/monitoring/aws4_request'),
    });
  });

  it('sees a reset as the SDK shows one from a socket', async () => {
    const client = clientOf(async () => 'reset');

    await expect(ask(client)).rejects.toMatchObject({ name: 'TimeoutError', code: 'ECONNRESET' });
  });

  it('waits for ever on a hang, until the caller aborts', async () => {
    const abort = new AbortController();
    const asked = ask(
      clientOf(async () => 'hang'),
      abort.signal,
    );

    abort.abort();

    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('given a time-out of the mount, ends a hang by it', async () => {
    let expire = () => {};
    const timeout = () => new Promise<void>((resolve) => (expire = resolve));
    const asked = ask(
      clientOf(
        async () => {
          expire();
          return 'hang';
        },
        { timeout },
      ),
    );

    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError', code: 'ETIMEDOUT' });
  });

  it('waits for the virtual network before the fake sees anything', async () => {
    const order: string[] = [];
    const before = async (method: string) => {
      order.push(`network ${method}`);
    };
    const client = clientOf(
      async () => {
        order.push('fake');
        return json({});
      },
      { before },
    );

    await ask(client);

    expect(order).toEqual(['network POST', 'fake']);
  });
});
