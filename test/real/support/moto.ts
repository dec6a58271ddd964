import { type StartedServer, startServer } from './server.ts';

/**
 * moto (github.com/getmoto/moto, 5.2.5, seen 2026-11): speaks the wire formats of CloudWatch and STS well. Its Route 53 takes
 * a DELETE that does not match what is there, so that it proves nothing about conditional writes: exactly what
 * `provider check` exists to notice.
 */
export const startMoto = (): Promise<StartedServer> =>
  startServer({
    command: 'moto_server',
    args: (port) => ['-H', '127.0.0.1', '-p', String(port)],
    environment: () => ({ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }),
    readyPath: '/moto-api/',
  });
