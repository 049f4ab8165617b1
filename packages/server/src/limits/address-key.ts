import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All that is no address has one key: what cannot be told apart is counted together. */
const UNKNOWN = 'unknown';

/** IPv4 as it is; IPv6 by the /64 that one subscriber has, without its zone; IPv4 mapped into IPv6 as IPv4 (RFC 4291). */
export function addressKey(address = ''): string {
  const [bare = ''] = address.split('%');
  // ipaddr.js also reads what inet_aton does, such as `1` and `0x7f.1`.
  if (!isIP(bare)) return UNKNOWN;
  const parsed = ipaddr.process(bare);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const subnet = `${parsed}/64`;
  return `${ipaddr.IPv6.networkAddressFromCIDR(subnet)}/64`;
}
