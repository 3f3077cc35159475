/** SRTP and SRTCP against the test vectors of RFC 3711, RFC 6188 and RFC 7714, and what must not be taken. */
import { describe, expect, it } from 'vitest';
import { PacketIndex } from '../../../../../main/gateway/srtp/packet-index.ts';
import { derived, sessionKeys } from '../../../../../main/gateway/srtp/session-keys.ts';
import { Srtcp } from '../../../../../main/gateway/srtp/srtcp.ts';
import { Srtp } from '../../../../../main/gateway/srtp/srtp.ts';
import { suiteNamed, SUITES, type Suite, type SuiteName } from '../../../../../main/gateway/srtp/suite.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');
const suite = (name: SuiteName): Suite => suiteNamed(name)!;

/** A context whose session keys are given, as the vectors of RFC 7714 give them. */
function withSessionKeys<C extends Srtp | Srtcp>(context: C, cipher: Buffer, salt: Buffer): C {
  Object.assign(context, { keys: { cipher, salt, authentication: Buffer.alloc(0) } });
  return context;
}

describe('keys', () => {
  it('are derived as in RFC 3711 §B.3', () => {
    const master = { key: hex('E1F97A0D3E018BE0D64FA32C06DE4139'), salt: hex('0EC675AD498AFEEBB6960B3AABE6') };
    const keys = sessionKeys(suite('AES_CM_128_HMAC_SHA1_80'), master, 'rtp');
    expect(keys.cipher).toEqual(hex('C61E7A93744F39EE10734AFE3FF7A087'));
    expect(keys.salt).toEqual(hex('30CBBC08863D8C85D49DB34A9AE1'));
    expect(derived({ keyLength: 16 }, master, 1, 94)).toEqual(
      hex(`CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE E049646C43D9327AD175578EF7227098
           6371C10C9A369AC2F94A8C5FBCDDDC25 6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2`),
    );
  });

  it('are derived as in RFC 6188 §7.3', () => {
    const master = {
      key: hex('f0f04914b513f2763a1b1fa130f10e29 98f6f6e43e4309d1e622a0e332b9f1b6'),
      salt: hex('3b04803de51ee7c96423ab5b78d2'),
    };
    const keys = sessionKeys(suite('AES_256_CM_HMAC_SHA1_80'), master, 'rtp');
    expect(keys.cipher).toEqual(hex('5ba1064e30ec51613cad926c5a28ef73 1ec7fb397f70a960653caf06554cd8c4'));
    expect(keys.salt).toEqual(hex('fa31791685ca444a9e07c6c64e93'));
    expect(keys.authentication).toEqual(hex('fd9c32d39ed5fbb5a9dc96b30818454d1313dc05'));
  });
});

describe('the counter mode', () => {
  const salt = 'f0f1f2f3f4f5f6f7f8f9fafbfcfd';
  const empty = hex('80000000 00000000 00000000');
  it.each([
    [
      'RFC 3711 §B.2',
      'AES_CM_128_HMAC_SHA1_80',
      '2B7E151628AED2A6ABF7158809CF4F3C',
      'E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0',
    ],
    [
      'RFC 6188 §7.1',
      'AES_256_CM_HMAC_SHA1_80',
      '57f82fe3613fd170a85ec93c40b1f092 2ec4cb0dc025b58272147cc438944a98',
      '92bdd28a93c3f52511c677d08b5515a4 9da71b2378a854f67050756ded165bac 63c4868b7096d88421b563b8c94c9a31',
    ],
  ] as const)('makes the key stream of %s', (_where, name, key, stream) => {
    const context = new Srtp(suite(name), { key: Buffer.alloc(suite(name).keyLength), salt: Buffer.alloc(14) });
    Object.assign(context, { keys: { cipher: hex(key), salt: hex(salt), authentication: Buffer.alloc(20) } });
    const protectedPacket = context.protect(Buffer.concat([empty, Buffer.alloc(48)]));
    expect(protectedPacket.subarray(12, 60)).toEqual(hex(stream));
  });
});

describe('RFC 7714', () => {
  const salt = hex('51756964 2070726f 2071756f');
  const packet = hex('8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070 61727465 73207472 6573');
  it.each([
    [
      '§16.1',
      'AEAD_AES_128_GCM',
      '000102030405060708090a0b0c0d0e0f',
      '8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce',
    ],
    [
      '§16.2',
      'AEAD_AES_256_GCM',
      '000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f',
      '8040f17b 8041f8d3 5501a0b2 32b1de78 a822fe12 ef9f78fa 332e33aa b1801238 9a58e2f3 b50b2a02 76ffae0f 1ba63799 b87b7aa3 db36dfff d6b0f9bb 7878d7a7 6c13',
    ],
  ] as const)('%s: an RTP packet', (_where, name, key, expected) => {
    const fresh = () => withSessionKeys(new Srtp(suite(name), { key: hex(key), salt }), hex(key), salt);
    expect(fresh().protect(packet)).toEqual(hex(expected));
    expect(fresh().unprotect(hex(expected))).toEqual({ ok: true, packet });
  });

  const control = hex(
    '81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef',
  );
  it.each([
    [
      '§17.1',
      'AEAD_AES_128_GCM',
      '000102030405060708090a0b0c0d0e0f',
      '81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4',
    ],
    [
      '§17.2',
      'AEAD_AES_256_GCM',
      '000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f',
      '81c8000d 4d617273 d50ae4d1 f5ce5d30 4ba297e4 7d470c28 2c3ece5d bffe0a50 a2eaa5c1 110555be 8415f658 c61de047 6f1b6fad 1d1eb30c 4446839f 57ff6f6c b26ac3be 800005d4',
    ],
  ] as const)('%s: an RTCP packet', (_where, name, key, expected) => {
    const sender = withSessionKeys(new Srtcp(suite(name), { key: hex(key), salt }), hex(key), salt);
    Object.assign(sender, { sentIndex: 0x5d3 });
    expect(sender.protect(control)).toEqual(hex(expected));
    const receiver = withSessionKeys(new Srtcp(suite(name), { key: hex(key), salt }), hex(key), salt);
    expect(receiver.unprotect(hex(expected))).toEqual({ ok: true, packet: control });
  });
});

/** RTP with this sequence number and a payload of its own. */
function rtp(sequence: number, ssrc = 7): Buffer {
  const packet = Buffer.alloc(32);
  packet[0] = 0x80;
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE(ssrc, 8);
  packet.fill(sequence & 0xff, 12);
  return packet;
}

describe.each(SUITES.map((each) => [each.name, each] as const))('%s', (_name, each) => {
  const master = { key: Buffer.alloc(each.keyLength, 3), salt: Buffer.alloc(each.saltLength, 9) };
  const ends = () => ({ out: new Srtp(each, master), in: new Srtp(each, master) });

  it('takes what is authentic once, in any order within the window', () => {
    const { out, in: into } = ends();
    const packets = [1, 2, 3, 4].map((sequence) => out.protect(rtp(sequence)));
    for (const at of [0, 2, 1, 3]) expect(into.unprotect(packets[at]!)).toEqual({ ok: true, packet: rtp(at + 1) });
    for (const packet of packets) expect(into.unprotect(packet)).toEqual({ ok: false, why: 'replayed' });
  });

  it('refuses what was changed anywhere, and does not count it as received', () => {
    const { out, in: into } = ends();
    const packet = out.protect(rtp(1));
    for (let at = 1; at < packet.length; at += 1) {
      const changed = Buffer.from(packet);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(into.unprotect(changed).ok).toBe(false);
    }
    expect(into.unprotect(packet).ok).toBe(true);
  });

  it('is not confused by what is no packet', () => {
    const { in: into } = ends();
    for (let length = 0; length < 40; length += 1)
      for (const first of [0x80, 0x9f, 0x00, 0x90, 0x8f]) {
        const junk = Buffer.alloc(length, 0xff);
        if (length > 0) junk[0] = first;
        if (length > 1) junk[1] = 0;
        expect(into.unprotect(junk).ok).toBe(false);
      }
  });

  it('keeps count over the wrap of the sequence number, three seconds of loss across it included', () => {
    const { out, in: into } = ends();
    // Two wraps: an hour of packets of 20 ms has almost three.
    const protectedPackets = Array.from({ length: 3 * 0x10000 }, (_, at) => at).filter(
      (at) => at % 97 === 0 || at % 0x10000 > 0xff00 || at % 0x10000 < 0x100,
    );
    for (const at of protectedPackets) {
      const packet = out.protect(rtp(at));
      const isLost = at % 0x10000 > 0xffff - 75 || at % 0x10000 < 75;
      if (!isLost) expect(into.unprotect(packet)).toEqual({ ok: true, packet: rtp(at) });
    }
  });

  it('protects control packets, and takes each once', () => {
    const out = new Srtcp(each, master);
    const into = new Srtcp(each, master);
    const report = hex('80c90001 00000007 80ca0002 00000007 00000000');
    const first = out.protect(report);
    expect(into.unprotect(first)).toEqual({ ok: true, packet: report });
    expect(into.unprotect(first)).toEqual({ ok: false, why: 'replayed' });
    expect(into.unprotect(out.protect(report)).ok).toBe(true);
    const changed = out.protect(report);
    changed.writeUInt8(changed.readUInt8(9) ^ 1, 9);
    expect(into.unprotect(changed)).toEqual({ ok: false, why: 'not-authentic' });
    expect(new Srtcp(each, { ...master, key: Buffer.alloc(each.keyLength, 4) }).unprotect(out.protect(report)).ok).toBe(false);
  });
});

describe('the index of a packet', () => {
  it('goes on beyond 32 bits of rollover towards 48', () => {
    const index = new PacketIndex();
    index.accept(2 ** 48 - 0x10000 - 2);
    expect(index.guess(0xffff)).toBe(2 ** 48 - 0x10000 - 1);
    index.accept(2 ** 48 - 0x10000 - 1);
    expect(index.guess(0)).toBe(2 ** 48 - 0x10000);
    expect(index.isReplay(2 ** 48 - 0x10000 - 2)).toBe(true);
  });

  it('of a late packet across the wrap is the one before it', () => {
    const index = new PacketIndex();
    index.accept(0xfffe);
    index.accept(0x10002);
    expect(index.guess(0xffff)).toBe(0xffff);
    expect(index.isReplay(0xffff)).toBe(false);
    index.accept(0xffff);
    expect(index.isReplay(0xffff)).toBe(true);
    expect(index.isReplay(0x10002 - 200)).toBe(true);
  });
});
