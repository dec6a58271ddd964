import { type Daemon, startDaemon } from './daemon.ts';
import { answersWith, type RunKey } from './key.ts';

/**
 * `zones` without trailing dot. Debian's BIND 9.18: takes updates signed with the key, lets it transfer, keeps no order.
 * The server of the zones is elsewhere: BIND refuses to leave one within them without an address.
 */
export const startBind = (key: RunKey, zones: readonly string[]): Promise<Daemon> =>
  startDaemon({
    command: 'named',
    args: ({ folder }) => ['-g', '-c', `${folder}/named.conf`],
    files: ({ folder, port }) => ({
      'named.conf': `
key "${key.name}" { algorithm ${key.algorithm}; secret "${key.secret}"; };
options {
  directory "${folder}"; pid-file "${folder}/named.pid"; session-keyfile "${folder}/session.key";
  managed-keys-directory "${folder}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; notify no; dnssec-validation no; allow-transfer { key ${key.name}; }; rrset-order { order random; };
};
controls { };
${zones.map((zone) => `zone "${zone}" { type primary; file "${zone}.zone"; update-policy { grant ${key.name} zonesub ANY; }; };`).join('\n')}
`,
      ...Object.fromEntries(
        zones.map((zone) => [
          `${zone}.zone`,
          `$ORIGIN ${zone}.\n$TTL 60\n@ IN SOA ns1 hostmaster 1 3600 600 86400 60\n@ IN NS ns1.example.org.\n`,
        ]),
      ),
    }),
    isReady: ({ port }) => answersWith(port, key, zones[0] ?? '.'),
  });
