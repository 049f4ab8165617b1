import { readFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';
import type { Document } from './described-operations.ts';
import { operationTable } from './operation-table.ts';
import { type CollectionDocument, postmanCollection } from './postman/collection.ts';
import { requestSchemas } from './request-schemas.ts';
import { responseSchemas } from './response-schemas.ts';
import { type OperationSchemas, validatorModule } from './validator-module.ts';

const BANNER = '// Generated from openapi.yaml by `pnpm generate`. Do not edit.\n';

/** The text of each file in `generated/`, by file name. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const source = new URL('../openapi.yaml', import.meta.url);
  const document = parse(await readFile(source, 'utf8')) as Document & CollectionDocument;
  const types = astToString(await openapiTS(source, { alphabetize: true, defaultNonNullable: false }));
  return {
    'openapi.json': json(document),
    'openapi.ts': BANNER + described(types),
    'operations.ts':
      `${BANNER}import type { OperationEntry } from '../src/operation-table.ts';\n\n/** All operations by id. */\n` +
      `export const operations = ${json(operationTable(document)).trimEnd()} as const satisfies Record<string, OperationEntry>;\n`,
    'request-validators.js': validators('requestValidators', requestSchemas(document), 'full'),
    'request-validators.d.ts': declaration(
      'Validators of `{ path, query, header, cookie, requestBody }` by operation. Their errors do not include the schema.',
      'requestValidators: { readonly [Id in keyof operations]: ValidateFunction[] }',
    ),
    'response-validators.js': validators('responseValidators', responseSchemas(document), 'fast'),
    'response-validators.d.ts': declaration(
      'Validators of JSON success bodies by operation and status. Formats are checked only by a regular expression.',
      'responseValidators: { readonly [Id in keyof operations]: { readonly [status: string]: ValidateFunction } }',
    ),
    'postman.json': json(postmanCollection(document)),
  };

  function validators(name: string, schemas: OperationSchemas, formats: 'full' | 'fast'): string {
    return BANNER + validatorModule({ name, document, schemas, formats });
  }
}

const declaration = (comment: string, text: string): string =>
  `${BANNER}import type { ValidateFunction } from 'ajv';\nimport type { operations } from './openapi.ts';\n\n` +
  `/** ${comment} */\nexport const ${text};\n`;

/** Removes tags: editors and the reference show untagged text first, and the types already show constants and enums. */
const described = (types: string): string =>
  types
    .replaceAll('@description ', '')
    .replaceAll(' (enum property replaced by openapi-typescript)', '')
    .replace(/^ +\* @(?:constant|enum \{\w+\})\n/gm, '');

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
