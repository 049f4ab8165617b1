import type { OperationId } from '@async-chatbot/core/operation';
import type { Client } from '../requests/client.ts';
import { type CostServer, MESSAGE } from './cost-server.ts';

type Kind = Parameters<typeof import('./cost-server.ts').costServer>[0];
export type LoggedIn = Awaited<ReturnType<CostServer['user']>>;

/** A row of docs/costs.md. */
export interface CostCase {
  operation: OperationId;
  /** What distinguishes it from the operation's other rows. */
  variant: string;
  kind: Kind;
  /** Prepares a call, which is then measured. */
  prepare: (server: CostServer) => Promise<() => Promise<unknown>>;
}

/** A case of a user who is logged in. */
export const caseOf =
  (kind: Kind) =>
  (
    operation: OperationId,
    variant: string,
    prepare: (user: LoggedIn, server: CostServer) => Promise<() => Promise<unknown>>,
  ): CostCase => ({
    operation,
    variant,
    kind,
    prepare: async (server) => prepare(await server.user(), server),
  });

export const STREAM = { accept: 'text/event-stream' };

interface SendOptions {
  /** Selects a conversation. */
  query?: string;
  key?: string;
  isStreamed?: boolean;
}

/** Sends a message and returns both messages, or the events. */
export const send = async ({ call }: Client, { query = '', key, isStreamed }: SendOptions = {}) =>
  (
    await call('POST', `/messages${query}`, {
      json: { content: MESSAGE },
      headers: { ...(key && { 'idempotency-key': key }), ...(isStreamed && STREAM) },
    })
  ).body;

/** Sends messages one after the other. */
export async function sendMany(client: Client, count: number, query = ''): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) await send(client, { query });
}

/** Creates a conversation and returns the query that selects it. */
export const newConversation = async ({ call }: Client): Promise<string> =>
  `?id_conversation=${(await call('POST', '/conversations', { json: { title: 'canary' } })).body.id_conversation}`;

/** The paths of a new message and its reply. */
export async function sentPaths(client: Client, options?: SendOptions) {
  const { user_message, bot_response } = await send(client, options);
  return { message: `/messages/${user_message.id_message}`, reply: `/messages/${bot_response.id_message}` };
}
