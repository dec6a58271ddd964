import { type StartedServer, startServer } from './server.ts';

/**
 * ministack (github.com/ministackorg/ministack, 1.4.21, seen 2026-11): compares every field of a DELETE and judges a batch as
 * a whole, as Route 53 does; checks few values. It binds every interface unless told otherwise, and a second port for MQTT.
 */
export const startMinistack = (): Promise<StartedServer> =>
  startServer({
    command: 'ministack',
    args: () => [],
    environment: (port) => ({ GATEWAY_PORT: String(port), BIND_HOST: '127.0.0.1', IOT_MTLS_ENABLED: '0' }),
    readyPath: '/_ministack/health',
  });
