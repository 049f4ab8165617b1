import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressKey } from '../../src/http/address-key.ts';

it.for([
  ['203.0.113.5', '203.0.113.5'],
  ['0.0.0.0', '0.0.0.0'],
  // Mapped to IPv6, as in Node's dual-stack sockets.
  ['::ffff:203.0.113.5', '203.0.113.5'],
  ['::FFFF:203.0.113.5', '203.0.113.5'],
  ['::ffff:cb00:7105', '203.0.113.5'],
  ['0:0:0:0:0:ffff:cb00:7105', '203.0.113.5'],
  ['::ffff:203.0.113.5%eth0', '203.0.113.5'],
  // A /64 is one subscriber, however its addresses are written.
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:0000:0000:0000:0001', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::203.0.113.5', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['2001:db8::1', '2001:db8::/64'],
  ['::1', '::/64'],
  ['fe80::1', 'fe80::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['fe80::2%25eth1', 'fe80::/64'],
  ['fe80::3%eth0.100', 'fe80::/64'],
  // Not an address.
  [undefined, 'unknown'],
  ['', 'unknown'],
  ['unknown', 'unknown'],
  ['canary', 'unknown'],
  ['1', 'unknown'],
  ['0x7f.1', 'unknown'],
  ['010.0.0.1', 'unknown'],
  ['256.0.0.1', 'unknown'],
  ['203.0.113.5:443', 'unknown'],
  ['203.0.113.5/32', 'unknown'],
  [' 203.0.113.5', 'unknown'],
  ['203.0.113.5, 198.51.100.1', 'unknown'],
  ['[2001:db8::1]', 'unknown'],
  ['2001:db8::1::2', 'unknown'],
  ['2001:db8:1:2:3:4:5:6:7', 'unknown'],
  ['%eth0', 'unknown'],
] as const)('%s is counted as %s', ([address, key]) => {
  expect(addressKey(address)).toBe(key);
});

it('valid addresses are never unknown, and nothing throws', () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  fc.assert(fc.property(address, (text) => addressKey(text) !== 'unknown'));
  fc.assert(fc.property(fc.string(), fc.oneof(address, fc.string()), (zone, text) => !!addressKey(`${text}%${zone}`)));
});

it('accepts exactly the addresses that Node.js accepts', () => {
  const part = fc.oneof(
    fc.constantFrom('', ':', '::', '.', '0', '01', '1', '255', '256', '0x7f', 'ffff', '10000', '::ffff:'),
    fc.ipV4(),
    fc.ipV6(),
  );
  const text = fc.array(part, { minLength: 1, maxLength: 9 }).map((parts) => parts.join(''));
  const joined = fc.tuple(fc.array(part, { maxLength: 9 }), fc.constantFrom('.', ':')).map(([all, by]) => all.join(by));
  fc.assert(
    fc.property(fc.oneof(text, joined), (address) => {
      expect(addressKey(address) !== 'unknown', address).toBe(isIP(address) > 0);
    }),
    { numRuns: 5000 },
  );
});
