import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A TSIG key of this run: whoever answers with it is the server that this run started. */
export interface RunKey {
  readonly name: string;
  readonly algorithm: 'hmac-sha256' | 'hmac-sha512';
  /** Base64. */
  readonly secret: string;
}

export const newKey = (algorithm: RunKey['algorithm'] = 'hmac-sha256'): RunKey => ({
  name: 'steer',
  algorithm,
  secret: randomBytes(32).toString('base64'),
});

/** Whether the server on that port signs with the key: BIND's own tool checks the signature. */
export const answersWith = async (port: number, key: RunKey, zone: string): Promise<boolean> => {
  const signature = `${key.algorithm}:${key.name}:${key.secret}`;
  const args = [
    '@127.0.0.1',
    '-p',
    String(port),
    '-y',
    signature,
    '+tcp',
    '+norecurse',
    '+tries=1',
    '+time=1',
    zone,
    'SOA',
  ];
  const { stdout } = await run('dig', args, { timeout: 5000 }).catch(() => ({ stdout: '' }));
  return stdout.includes('status: NOERROR') && stdout.includes('TSIG') && !stdout.includes('WARNING');
};

/** Somebody else's hand: BIND's own `nsupdate`, word for word. Throws with what it said. */
export const nsupdate = async (port: number, key: RunKey, zone: string, lines: readonly string[]): Promise<void> => {
  const script = [`server 127.0.0.1 ${port}`, `zone ${zone}`, ...lines, 'send', ''].join('\n');
  const child = run('nsupdate', ['-v', '-y', `${key.algorithm}:${key.name}:${key.secret}`], { timeout: 20_000 });
  child.child.stdin?.end(script);
  await child;
};

/** Names and types of a zone, transferred by BIND's own tool. */
export const transferred = async (
  port: number,
  key: RunKey,
  zone: string,
): Promise<readonly { readonly name: string; readonly type: string }[]> => {
  const signature = `${key.algorithm}:${key.name}:${key.secret}`;
  const args = ['@127.0.0.1', '-p', String(port), '-y', signature, zone, 'AXFR', '+noall', '+answer'];
  const { stdout } = await run('dig', args, { timeout: 20_000, maxBuffer: 16 * 1024 * 1024 });
  return [...stdout.matchAll(/^(\S+)\s+\d+\s+IN\s+(\S+)\s/gm)].map(([, name = '', type = '']) => ({ name, type }));
};
