import ipaddr from 'ipaddr.js';

const { IPv4, IPv6 } = ipaddr;

/** All requests without a valid address share one limit. */
const UNKNOWN = 'unknown';

/**
 * The subject of an address limit: an IPv4 address unchanged, and an IPv6 address as its /64, which one customer controls.
 * IPv4-mapped IPv6 addresses (RFC 4291) count as IPv4.
 */
export function addressKey(address = ''): string {
  const [bare = ''] = address.split('%');
  if (!isAddress(bare)) return UNKNOWN;
  const parsed = ipaddr.process(bare);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${IPv6.networkAddressFromCIDR(`${parsed}/64`)}/64`;
}

/** Stricter than ipaddr.js, which also parses inet_aton's forms, such as `1` and `0x7f.1`. */
function isAddress(text: string): boolean {
  const dotted = text.match(/[^:]*\.[^:]*$/)?.[0];
  const isDottedValid = dotted === undefined || IPv4.isValidFourPartDecimal(dotted);
  return isDottedValid && (dotted === text || IPv6.isValid(text));
}
