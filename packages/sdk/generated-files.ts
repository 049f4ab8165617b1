/** What `src/testing/generated/` holds, as text. Only `generate.ts` writes it. */
import { document } from '@async-chatbot/api-spec';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { type DescribedOperation, describedOperations, withoutWords } from './described-operations.ts';

const BANNER = '// Generated from the contract by `pnpm generate`. Do not edit.\n';

/**
 * The text of every generated file by its name. The rules of the requests are code already, since a page with a content
 * security policy, and some workers, may not make any.
 */
export function generatedFiles(): Record<string, string> {
  const operations = describedOperations();
  const withBody = operations.filter(({ requestBody }) => requestBody);
  return {
    'bodies.js': validators(withBody.map(bodySchema)),
    'bodies.d.ts': declarations(withBody),
    'parameters.js': validators(operations.map(parametersSchema)),
    'parameters.d.ts': declarations(operations),
    'traits.ts': traits(operations),
  };
}

interface Named {
  $id: string;
}

/** Validators of `{ path, query, header, requestBody }`, one export for each operation, as the server has them. */
function validators(schemas: Named[]): string {
  const code = { source: true, esm: true, lines: true };
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, validateSchema: false, code });
  addFormats.default(ajv);
  ajv.addSchema({ ...withoutWords(document), $id: DOCUMENT });
  for (const schema of schemas) ajv.addSchema(schema);
  const text = standaloneCode.default(ajv, Object.fromEntries(schemas.map(({ $id }) => [$id, $id])));
  return BANNER + text.replace(/\brequire\(.*?(?=;$)/gm, standingAlone);
}

/** What the code would fetch from the library. */
const RUNTIME: Readonly<Record<string, string>> = {
  'require("ajv/dist/runtime/ucs2length").default': '(text) => [...text].length',
  'require("ajv-formats/dist/formats").fullFormats.int32': '{ validate: (value) => (value | 0) === value }',
};

function standingAlone(required: string): string {
  const own = RUNTIME[required];
  if (!own) throw new Error(`Teach this function what ${required} is`);
  return own;
}

function bodySchema({ operationId, requestBody }: DescribedOperation): Named {
  const properties = { requestBody: requestBody?.content['application/json'].schema };
  const required = requestBody?.required ? ['requestBody'] : [];
  return { $id: operationId, ...absolute({ type: 'object', required, properties }) };
}

function parametersSchema({ operationId, parameters }: DescribedOperation): Named {
  const placed = (place: string, additionalProperties: boolean) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    const nameOf = ({ name }: { name: string }) => (place === 'header' ? name.toLowerCase() : name);
    return {
      type: 'object',
      additionalProperties,
      properties: Object.fromEntries(here.map((parameter) => [nameOf(parameter), parameter.schema])),
      required: here.filter(({ required }) => required).map(nameOf),
    };
  };
  const properties = { path: placed('path', false), query: placed('query', false), header: placed('header', true) };
  return { $id: operationId, ...absolute({ type: 'object', properties }) };
}

const DOCUMENT = 'openapi.json';

/** References as they are from outside the document. */
const absolute = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${DOCUMENT}#/`));

const declarations = (operations: DescribedOperation[]): string =>
  [
    BANNER,
    "import type { ValidateFunction } from 'ajv';\n\n",
    ...operations.map(({ operationId }) => `export const ${operationId}: ValidateFunction;\n`),
  ].join('');

function traits(operations: DescribedOperation[]): string {
  const table = operations.map(({ operationId, parameters, responses, 'x-rate-limits': limits = [] }) => {
    const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    const types = successes.flatMap(([, { content = {} }]) => Object.keys(content));
    return [operationId, { limits, types: [...new Set(types)], integers: integersOf(parameters) }];
  });
  const text = JSON.stringify(Object.fromEntries(table), null, 2);
  return `${BANNER}/** The budgets of each operation, the media types of its successes, and the parameters of its query that are integers. */\nexport const traits = ${text} as const;\n`;
}

const integersOf = (parameters: DescribedOperation['parameters']): string[] =>
  parameters
    .filter((parameter) => parameter.in === 'query' && parameter.schema.type === 'integer')
    .map(({ name }) => name);
