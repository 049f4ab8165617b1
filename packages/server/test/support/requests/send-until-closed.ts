import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { components } from '@async-chatbot/api-spec';
import { expect } from 'vitest';
import type { Client } from './client.ts';

/** Sends messages on one connection until a response closes it, as a proxy does. */
export async function sendUntilClosed(
  { baseUrl, jar }: Pick<Client, 'baseUrl' | 'jar'>,
  onAcknowledged: (exchange: components['schemas']['Exchange']) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = {
    'content-type': 'application/json',
    cookie: [...jar].map((pair) => pair.join('=')).join('; '),
  };
  for (let isOpen = true; isOpen; ) {
    const sent = request(`${baseUrl}/messages`, { method: 'POST', agent, headers });
    sent.end(JSON.stringify({ content: `canary ${crypto.randomUUID()}` }));
    const [response] = await once(sent, 'response');
    // The cast: the contract's body.
    const exchange = (await json(response)) as components['schemas']['Exchange'];
    expect(response.statusCode).toBe(201);
    onAcknowledged(exchange);
    isOpen = response.headers.connection !== 'close';
  }
  agent.destroy();
}
