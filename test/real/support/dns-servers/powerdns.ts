import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { type Daemon, startDaemon } from './daemon.ts';
import type { RunKey } from './key.ts';

const run = promisify(execFile);

const SCHEMA = '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql';

export interface PowerDns extends Daemon {
  readonly apiKey: string;
  /** Somebody else at the same API. Throws for an answer that is no success. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

const configOf = (folder: string, port: number, apiPort: number, apiKey: string): string => `
launch=gsqlite3
gsqlite3-database=${folder}/pdns.db
gsqlite3-pragma-synchronous=0
gsqlite3-dnssec=yes
local-address=127.0.0.1
local-port=${port}
daemon=no
guardian=no
socket-dir=${folder}
disable-syslog=yes
enable-lua-records=yes
api=yes
api-key=${apiKey}
webserver=yes
webserver-address=127.0.0.1
webserver-port=${apiPort}
webserver-allow-from=127.0.0.1
loglevel=4
cache-ttl=0
query-cache-ttl=0
negquery-cache-ttl=0
zone-cache-refresh-interval=0
security-poll-suffix=
dnsupdate=yes
allow-dnsupdate-from=127.0.0.1/32
`;

/**
 * Debian's PowerDNS 4.7 over SQLite, its caches off. It goes on without its API when that port is taken, so that only an
 * answer to the key of this run counts. `zones` without trailing dot.
 */
export const startPowerDns = async (key: RunKey, zones: readonly string[]): Promise<PowerDns> => {
  const apiKey = randomUUID();
  const callAt =
    (apiPort: number) =>
    async (method: string, path: string, body?: unknown): Promise<unknown> => {
      const answer = await fetch(`http://127.0.0.1:${apiPort}/api/v1/servers/localhost${path}`, {
        method,
        headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(5000),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text === '' ? null : JSON.parse(text);
    };
  const daemon = await startDaemon({
    command: 'pdns_server',
    args: ({ folder }) => [`--config-dir=${folder}`],
    files: ({ folder, port, apiPort }) => ({ 'pdns.conf': configOf(folder, port, apiPort, apiKey) }),
    prepare: async ({ folder }) => void (await run('sqlite3', [`${folder}/pdns.db`, `.read ${SCHEMA}`])),
    isReady: async ({ apiPort }) =>
      callAt(apiPort)('GET', '').then(
        () => true,
        () => false,
      ),
  });
  const call = callAt(daemon.apiPort);
  await call('POST', '/tsigkeys', { name: key.name, algorithm: key.algorithm, key: key.secret });
  for (const zone of zones) {
    await call('POST', '/zones', {
      name: `${zone}.`,
      kind: 'Native',
      nameservers: [`ns1.${zone}.`],
      soa_edit_api: 'INCREASE',
    });
    for (const [kind, value] of [
      ['TSIG-ALLOW-DNSUPDATE', key.name],
      ['SOA-EDIT-DNSUPDATE', 'INCREASE'],
    ])
      await run('pdnsutil', [`--config-dir=${daemon.folder}`, 'set-meta', zone, kind ?? '', value ?? '']);
  }
  return { ...daemon, apiKey, call };
};
