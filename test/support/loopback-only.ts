import { Socket } from 'node:net';

/** A forgotten endpoint must fail the suite instead of calling a vendor. */
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

const connect = Socket.prototype.connect;
Socket.prototype.connect = function guarded(this: Socket, ...args: Parameters<Socket['connect']>) {
  const [first] = (Array.isArray(args[0]) ? args[0] : args) as [unknown, unknown];
  const host =
    typeof first === 'object' && first !== null
      ? ((first as { host?: string; path?: string }).host ?? 'localhost')
      : 'localhost';
  if (!isLoopback(host)) throw new Error(`tests never leave loopback, but something connects to ${host}`);
  return connect.apply(this, args);
} as Socket['connect'];
