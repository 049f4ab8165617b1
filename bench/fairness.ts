import type { Child } from './child.ts';
import { headersOf, LOADS, type Load } from './loads.ts';
import type { ServerName, Stub } from './servers.ts';

/** Headers that differ with each response, or that only say how the body is sent. */
const VARYING = new Set(['date', 'x-request-id', 'content-length', 'transfer-encoding', 'connection']);

interface Observed {
  headers: string;
  fields: string;
  calls: string;
}

/**
 * Fails unless all servers respond with the same fields after the same requests to DynamoDB, and the baseline and Fastify with
 * the headers of this server. Otherwise their figures could not be compared.
 */
export async function assertFair(stub: Stub, servers: Partial<Record<ServerName, Child>>): Promise<void> {
  const { fast = servers.sdk, ...others } = servers;
  if (!fast) return;
  for (const load of LOADS) {
    const own = await observe(stub, fast, load);
    for (const [name, server] of Object.entries(others)) {
      const other = await observe(stub, server, load);
      assertSame(`${name}, ${load.name}: requests to DynamoDB`, other.calls, own.calls);
      assertSame(`${name}, ${load.name}: body`, other.fields, own.fields);
      if (name === 'baseline' || name === 'sdk')
        assertSame(`${name}, ${load.name}: headers`, other.headers, own.headers);
      // The list separators of Fastify's plugins differ.
      if (name === 'fastify')
        assertSame(`${name}, ${load.name}: headers`, namesIn(other.headers), namesIn(own.headers));
    }
  }
}

async function observe(stub: Stub, server: Child, load: Load): Promise<Observed> {
  const headers = headersOf(load, stub.accessTokens[0] ?? '');
  const url = `http://127.0.0.1:${server.port}${load.path}`;
  const send = () => fetch(url, { method: load.method, headers, ...(load.body && { body: load.body }) });
  // The first request may load the user's email.
  await (await send()).text();
  await stub.calls();
  const response = await send();
  if (response.status !== load.status)
    throw new Error(`${load.name}: expected status ${load.status}, got ${response.status}`);
  const text = await response.text();
  return {
    headers: [...response.headers]
      .filter(([name]) => !VARYING.has(name))
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    fields: fieldsIn(text).join(),
    calls: (await stub.calls()).join(),
  };
}

/** The names of all fields of a JSON text or of events. */
const fieldsIn = (text: string): string[] => [...new Set(text.match(/"\w+":|event: .*/g))].sort();

const namesIn = (headers: string): string => headers.replaceAll(/: .*/g, '');

function assertSame(what: string, found: string, expected: string): void {
  if (found !== expected) throw new Error(`The comparison is unfair: ${what} are\n${found}\ninstead of\n${expected}`);
}
