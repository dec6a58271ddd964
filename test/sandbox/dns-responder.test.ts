import packet, { type DecodedPacket, type Packet } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { createDnsResponder, type DnsTransport } from '../../src/sandbox/dns-responder.ts';
import type { DnsAnswer, DnsQuestion, DnsRecord } from '../../src/sandbox/dns-types.ts';

const a = (data: string, name = 'www.example.com.'): DnsRecord => ({ name, type: 'A', ttlSeconds: 60, data });
const soa: DnsRecord = {
  name: 'example.com.',
  type: 'SOA',
  ttlSeconds: 900,
  data: 'ns-1.test. hostmaster.test. 1 7200 900 1209600 86400',
};
const found = (...answers: DnsRecord[]): DnsAnswer => ({ rcode: 'NOERROR', answers, authority: [] });

const query = (over: Packet = {}): Buffer =>
  packet.encode({
    type: 'query',
    id: 4242,
    flags: packet.RECURSION_DESIRED,
    questions: [{ name: 'www.example.com', type: 'A' }],
    ...over,
  });

const edns = (udpPayloadSize: number, ednsVersion = 0): Packet => ({
  additionals: [
    { type: 'OPT', name: '.', udpPayloadSize, extendedRcode: 0, ednsVersion, flags: 0, flag_do: false, options: [] },
  ],
});

const exchange = async (
  message: Buffer,
  answer: DnsAnswer | Error = found(a('192.0.2.1')),
  over: DnsTransport = 'udp',
): Promise<{ bytes: Buffer; reply: DecodedPacket; rcode: number; asked: DnsQuestion[] }> => {
  const asked: DnsQuestion[] = [];
  const respond = createDnsResponder((question) => {
    asked.push(question);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const bytes = (await respond(message, '127.0.0.1', over)) ?? Buffer.alloc(0);
  const reply = packet.decode(bytes);
  return { bytes, reply, rcode: (reply.flags ?? 0) & 0xf, asked };
};

const opcode = (code: number): Buffer => {
  const message = query();
  message.writeUInt16BE(code << 11, 2);
  return message;
};

describe('a name server', () => {
  it('answers with authority, repeats id and question, and offers no recursion', async () => {
    const { reply, asked } = await exchange(query());

    expect(asked).toEqual([{ name: 'www.example.com', type: 'A' }]);
    expect([reply.id, reply.flag_qr, reply.flag_aa, reply.flag_rd, reply.flag_ra]).toEqual([
      4242,
      true,
      true,
      true,
      false,
    ]);
    expect(reply.answers).toMatchObject([{ name: 'www.example.com', type: 'A', ttl: 60, data: '192.0.2.1' }]);
  });

  it('keeps the letter case of the question in question and answer', async () => {
    const { reply } = await exchange(query({ questions: [{ name: 'wWw.ExAmple.com', type: 'A' }] }));

    expect([reply.questions?.[0]?.name, reply.answers?.[0]?.name]).toEqual(['wWw.ExAmple.com', 'wWw.ExAmple.com']);
  });

  it.each([
    ['no such name', 'NXDOMAIN', 3],
    ['no data', 'NOERROR', 0],
  ] as const)('says %s with the SOA of the zone', async (_, rcode, code) => {
    const { reply, rcode: seen } = await exchange(query(), { rcode, answers: [], authority: [soa] });

    expect([seen, reply.flag_aa, reply.answers]).toEqual([code, true, []]);
    expect(reply.authorities).toMatchObject([
      { name: 'example.com', type: 'SOA', ttl: 900, data: { mname: 'ns-1.test', minimum: 86_400 } },
    ]);
  });

  it('refuses a foreign zone without authority', async () => {
    const { reply, rcode } = await exchange(query(), { rcode: 'REFUSED', answers: [], authority: [] });

    expect([rcode, reply.flag_aa]).toEqual([5, false]);
  });

  it('speaks EDNS(0) with those who do, and only with them', async () => {
    const plain = await exchange(query());
    const extended = await exchange(query(edns(4096)));

    expect(plain.reply.additionals).toEqual([]);
    expect(extended.reply.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232, ednsVersion: 0 }]);
  });

  it('answers a newer version of EDNS with BADVERS', async () => {
    const { reply, asked } = await exchange(query(edns(4096, 1)));

    expect(reply.additionals).toMatchObject([{ type: 'OPT', extendedRcode: 1 }]);
    expect(asked).toEqual([]);
  });

  it.each<readonly [string, Packet, DnsTransport, number, boolean]>([
    ['512 bytes without EDNS over UDP', {}, 'udp', 40, true],
    ['what fits, without EDNS over UDP', {}, 'udp', 8, false],
    ['1,232 bytes whatever is offered over UDP', edns(4096), 'udp', 60, true],
    ['what fits 1,232 bytes over UDP', edns(4096), 'udp', 30, false],
    ['a smaller offer over UDP', edns(600), 'udp', 30, true],
    ['no limit over TCP', {}, 'tcp', 60, false],
  ])('keeps to %s', async (_, over, transport, records, isTruncated) => {
    const answers = Array.from({ length: records }, (__, index) => a(`192.0.2.${index}`));

    const { bytes, reply } = await exchange(query(over), found(...answers), transport);

    expect([reply.flag_tc, reply.answers?.length]).toEqual([isTruncated, isTruncated ? 0 : records]);
    expect(bytes.length).toBeLessThanOrEqual(transport === 'udp' ? 1232 : 65_535);
  });

  it.each<readonly [string, Buffer, number]>([
    [
      'two questions: FORMERR',
      query({
        questions: [
          { name: 'a.test', type: 'A' },
          { name: 'b.test', type: 'A' },
        ],
      }),
      1,
    ],
    ['no question: FORMERR', query({ questions: [] }), 1],
    ['a question cut off in the middle: FORMERR', query().subarray(0, 20), 1],
    ['an update: NOTIMP', opcode(5), 4],
    ['a transfer: REFUSED', query({ questions: [{ name: 'example.com', type: 'AXFR' }] }), 5],
    ['class CHAOS: REFUSED', query({ questions: [{ name: 'version.bind', type: 'TXT', class: 'CH' }] }), 5],
  ])('asked for %s, and nobody behind it is asked', async (_, message, code) => {
    const { rcode, reply, asked } = await exchange(message);

    expect([rcode, reply.id, reply.flag_qr, asked]).toEqual([code, 4242, true, []]);
  });

  it('stays silent for less than a header and for responses', async () => {
    const respond = createDnsResponder(() => found());

    const silence = [
      await respond(Buffer.from([1, 2, 3]), '', 'udp'),
      await respond(packet.encode({ type: 'response', id: 1 }), '', 'udp'),
    ];

    expect(silence).toEqual([undefined, undefined]);
  });

  it('survives any bytes', async () => {
    let state = 99;
    const next = () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state;
    };
    const respond = createDnsResponder(() => found(a('192.0.2.1')));

    for (let round = 0; round < 2000; round += 1) {
      const message = query(edns(1232));
      for (let flip = 0; flip < 4; flip += 1) message[next() % message.length] = next() % 256;
      const bytes = await respond(message, '', 'udp');
      expect(bytes === undefined || bytes.readUInt16BE(0) === message.readUInt16BE(0)).toBe(true);
    }
  });

  it.each<readonly [string, DnsAnswer | Error]>([
    ['whose world fails', new Error('broken')],
    ['with a type that it cannot write', found({ ...a('x'), type: 'SVCB' })],
  ])('%s says SERVFAIL', async (_, answer) => {
    const { rcode } = await exchange(query(), answer);

    expect(rcode).toBe(2);
  });

  it('writes every type of the sandbox as a reader of DNS reads it', async () => {
    const named = (type: string, data: string): DnsRecord => ({ name: 'www.example.com.', type, ttlSeconds: 5, data });
    const { reply } = await exchange(
      query(),
      found(
        named('AAAA', '2001:db8::1'),
        named('CNAME', 'a.example.com.'),
        named('NS', 'ns-1.test.'),
        named('TXT', '"one" "t\\"wo"'),
        named('MX', '10 mail.example.com.'),
        named('SRV', '1 2 443 host.example.com.'),
      ),
    );

    const data = reply.answers?.map((answer) => ('data' in answer ? JSON.stringify(answer.data) : ''));
    expect(
      data?.map((text) =>
        text.replaceAll(/\{"type":"Buffer","data":\[([\d,]*)\]\}/g, (_, bytes: string) =>
          JSON.stringify(String.fromCharCode(...bytes.split(',').map(Number))),
        ),
      ),
    ).toEqual([
      '"2001:db8::1"',
      '"a.example.com"',
      '"ns-1.test"',
      '["one","t\\"wo"]',
      '{"preference":10,"exchange":"mail.example.com"}',
      '{"priority":1,"weight":2,"port":443,"target":"host.example.com"}',
    ]);
  });
});
