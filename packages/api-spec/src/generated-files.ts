/** What `generated/` holds, as text. Only `generate.ts` writes it. */
import { readFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';
import { callTable } from './call-table.ts';
import type { Document } from './described-operations.ts';
import { operationTable } from './operation-table.ts';
import { type Document as CollectionSource, postmanCollection } from './postman/collection.ts';

const BANNER = '// Generated from openapi.yaml by `pnpm generate`. Do not edit.\n';

/** The text of every generated file by its name, made from `openapi.yaml` as it stands now. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const source = new URL('../openapi.yaml', import.meta.url);
  const document = parse(await readFile(source, 'utf8')) as Document & CollectionSource;
  const types = astToString(await openapiTS(source, { alphabetize: true, defaultNonNullable: false }));
  const table = operationTable(document);
  return {
    'openapi.json': json(document),
    'openapi.ts': BANNER + described(types),
    'operations.ts':
      `${BANNER}import type { OperationEntry } from '../src/operation-table.ts';\n\n/** Every operation. */\n` +
      `export const operations = ${json(table).trimEnd()} as const satisfies Record<string, OperationEntry>;\n`,
    'calls.ts':
      `${BANNER}import type { CallEntry } from '../src/call-table.ts';\n\n/** Every operation, as a client calls it. */\n` +
      `export const calls = ${json(callTable(table)).trimEnd()} as const satisfies Record<string, CallEntry>;\n`,
    'postman.json': json(postmanCollection(document)),
  };
}

/** Editors and the reference show first what has no tag; a constant and an enum show themselves. */
const described = (types: string): string =>
  types
    .replaceAll('@description ', '')
    .replaceAll(' (enum property replaced by openapi-typescript)', '')
    .replace(/^ +\* @(?:constant|enum \{\w+\})\n/gm, '');

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
