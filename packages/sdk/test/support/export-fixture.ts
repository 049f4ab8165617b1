import type { ServerResponse } from 'node:http';
import { createClient, type ExportedItem } from '../../src/index.ts';

const user: ExportedItem = { user: { user_id: '5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21', email: 'canary@example.com' } };
const message = (content: string): ExportedItem => ({
  message: {
    id_message: '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b',
    id_user: '5b1f9a52-6d0e-4c8f-9f5e-0d3c6a1b7e21',
    content,
    timestamp: '2026-11-22T07:33:21.025Z',
    is_bot: false,
    version: 1,
  },
});
/** An export, and its lines. */
export const items: ExportedItem[] = [
  user,
  message('canary Grüße 🤖'),
  message('canary\n'),
  { end: { conversations: 0, messages: 2 } },
];
export const lines = items.map((item) => `${JSON.stringify(item)}\n`);

/** Starts the response of an export, unless it has started. */
export function beginExport(res: ServerResponse, headers: Record<string, string> = {}): ServerResponse {
  return res.headersSent ? res : res.writeHead(200, { 'content-type': 'application/x-ndjson', ...headers });
}

/** Reads an export until it ends or fails. Returns its items and the error. */
export async function readExport(baseUrl: string, signal?: AbortSignal, onItem: () => void = () => undefined) {
  const seen: ExportedItem[] = [];
  try {
    for await (const item of createClient({ baseUrl, maxRetries: 0 }).users.export(signal && { signal })) {
      seen.push(item);
      onItem();
    }
  } catch (error) {
    return { seen, error };
  }
  return { seen, error: undefined };
}
