import { type Daemon, startDaemon } from './daemon.ts';
import { answersWith, type RunKey } from './key.ts';

/**
 * `zones` without trailing dot. Debian's Knot 3.2, which turns the order of answers by the id of the question. The folder of its journal must be there: without it Knot serves the zone and
 * fails every update.
 */
export const startKnot = (key: RunKey, zones: readonly string[]): Promise<Daemon> =>
  startDaemon({
    command: 'knotd',
    args: ({ folder }) => ['-c', `${folder}/knot.conf`],
    files: ({ folder, port }) => ({
      'db/': '',
      'knot.conf': `
server:
    rundir: "${folder}"
    user: root:root
    listen: 127.0.0.1@${port}
    answer-rotation: on
log:
  - target: stderr
    any: info
database:
    storage: "${folder}/db"
key:
  - id: ${key.name}
    algorithm: ${key.algorithm}
    secret: ${key.secret}
acl:
  - id: steer-updates
    key: ${key.name}
    action: [update, transfer]
template:
  - id: default
    storage: "${folder}/zones"
zone:
${zones.map((zone) => `  - domain: ${zone}\n    file: ${zone}.zone\n    acl: steer-updates`).join('\n')}
`,
      ...Object.fromEntries(
        zones.map((zone) => [
          `zones/${zone}.zone`,
          `$ORIGIN ${zone}.\n$TTL 60\n@ SOA ns1 hostmaster 1 3600 600 86400 60\n@ NS ns1.example.org.\n`,
        ]),
      ),
    }),
    isReady: ({ port }) => answersWith(port, key, zones[0] ?? '.'),
  });
