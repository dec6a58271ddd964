import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4 } from 'node:net';

/** All addresses of a host. Rejects where the name cannot be resolved. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/** Asks the operating system, as every other program on the host does. An address is its own answer. */
export const resolveHost: ResolveHost = async (host) =>
  isIP(host) === 0 ? (await lookup(host, { all: true })).map(({ address }) => address) : [host];

/** A list over both families; IPv4 inside IPv6 is checked as IPv4 by Node. */
const listOf = (...nets: readonly (readonly [string, number])[]): BlockList => {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, isIPv4(net) ? 'ipv4' : 'ipv6');
  return list;
};

/**
 * Addresses that no other machine's health can be at, or that hold credentials: unspecified, link-local (the cloud's
 * metadata service answers there), multicast and reserved. Refused whatever the config says.
 */
const NEVER = listOf(
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::', 32],
);

/**
 * Private, loopback, carrier-grade and benchmarking space, and the prefixes that carry an IPv4 address inside an IPv6 one
 * (IANA special-purpose address registries, November 2026).
 */
const PRIVATE = listOf(
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['::1', 128],
  ['2001::', 32],
  ['2002::', 16],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
);

const isIn = (list: BlockList, address: string): boolean => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

/** Why an address must not be connected to, or null. */
export const refusedAddress = (address: string, allowPrivate: boolean): string | null => {
  if (isIP(address) === 0) return `${address} is no address`;
  if (isIn(NEVER, address)) return `${address} is link-local, multicast or reserved, which is never asked`;
  if (!allowPrivate && isIn(PRIVATE, address))
    return `${address} is private; set allowPrivateAddress where this is meant`;
  return null;
};
