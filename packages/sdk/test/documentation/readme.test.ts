import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { document } from '@async-chatbot/api-spec';
import { expect, test } from 'vitest';

const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
const { mapping } = document.components.schemas.ReplyEvent.discriminator;

test('the table of events in the README has a row for every stream event of the OpenAPI document', () => {
  const tables = readme.match(/(?:^\|.*\n)+/gm) ?? [];
  const events = tables.find((table) => table.includes('\n| `message-created`')) ?? '';
  const documented = [...events.matchAll(/^\| `([\w-]+)`/gm)].map(([, type]) => type);
  expect(documented.sort()).toEqual(Object.keys(mapping).sort());
});
