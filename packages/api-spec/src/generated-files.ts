/** What `generated/` holds, as text. Only `generate.ts` writes it. */
import { readFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const BANNER = '// Generated from openapi.yaml by `pnpm generate`. Do not edit.\n';

interface OperationObject {
  operationId: string;
  security?: unknown[];
  requestBody?: unknown;
}
type PathItem = Partial<Record<(typeof METHODS)[number], OperationObject>>;

/** The text of every generated file by its name, made from `openapi.yaml` as it stands now. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const source = new URL('../openapi.yaml', import.meta.url);
  const document = parse(await readFile(source, 'utf8')) as { paths: Record<string, PathItem> };
  const types = astToString(await openapiTS(source, { alphabetize: true, defaultNonNullable: false }));
  const table = JSON.stringify(operationTable(document.paths), null, 2);
  return {
    'openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'openapi.ts': BANNER + types,
    'operations.ts': `${BANNER}/** How each operation is called. */\nexport const operations = ${table} as const;\n`,
  };
}

function operationTable(paths: Record<string, PathItem>) {
  const entries = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const { operationId, security, requestBody } = operation;
      const authenticated = security?.length !== 0;
      return [[operationId, { method: method.toUpperCase(), path, authenticated, hasBody: Boolean(requestBody) }]];
    }),
  );
  return Object.fromEntries(entries);
}
