/** An emulator of DynamoDB in this process: dynalite, on LevelDB. */
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import dynalite from 'dynalite';
import { moveLegacyTable } from './legacy-table.ts';
import { createMessagesTable } from './messages-table.ts';

/** Starts the emulator on a free port, with the table. It stores its data in `dataDir`, or in memory without one. */
export async function embeddedDynamo(dataDir?: string) {
  const path = dataDir && join(dataDir, 'dynamo');
  if (path) await mkdir(path, { recursive: true });
  const server = dynalite({ ...(path && { path }), createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const table = 'Chatbot';
  await createMessagesTable(endpoint, table);
  await moveLegacyTable(endpoint, table);

  return {
    endpoint,
    table,
    environment: {
      AWS_REGION: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      DYNAMO_MESSAGES_TABLE: table,
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
