import ipaddr from 'ipaddr.js';

const { IPv4, IPv6 } = ipaddr;

/** Requests without a valid address are counted together. */
const UNKNOWN = 'unknown';

/** IPv4 unchanged; IPv6 as the /64 that one customer has, without its zone; IPv4 mapped into IPv6 as IPv4 (RFC 4291). */
export function addressKey(address = ''): string {
  const [bare = ''] = address.split('%');
  if (!isAddress(bare)) return UNKNOWN;
  const parsed = ipaddr.process(bare);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${IPv6.networkAddressFromCIDR(`${parsed}/64`)}/64`;
}

/** ipaddr.js alone also reads what inet_aton does, such as `1` and `0x7f.1`. */
function isAddress(text: string): boolean {
  const dotted = text.match(/[^:]*\.[^:]*$/)?.[0];
  const isDottedValid = dotted === undefined || IPv4.isValidFourPartDecimal(dotted);
  return isDottedValid && (dotted === text || IPv6.isValid(text));
}
