import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { inlineRuntime } from './validator-runtime.ts';

/** Schemas by operation: a list, or an object by response status. */
export type OperationSchemas = Record<string, object[] | Record<string, object>>;

interface ModuleOptions {
  /** The name of the export. */
  name: string;
  /** The document that the schemas' references point into. */
  document: { components: object };
  schemas: OperationSchemas;
  /** How strictly formats are checked, as in ajv-formats. */
  formats: 'full' | 'fast';
}

/**
 * Generates a module that exports a validator for each schema, in the structure of `schemas`. The module has no imports and
 * uses no `eval`, which a content security policy may forbid. Equal schemas share a validator.
 */
export function validatorModule({ name, document, schemas, formats }: ModuleOptions): string {
  const texts = [...new Set(Object.values(schemas).flatMap((own) => Object.values(own).map(textOf)))];
  const ajv = createAjv(formats);
  ajv.addSchema(
    { components: withoutDescriptions(document.components), validators: texts.map((text) => JSON.parse(text)) },
    '',
  );
  const references = Object.fromEntries(texts.map((_, index) => [`schema${index}`, `#/validators/${index}`]));
  const code = inlineRuntime(standaloneCode.default(ajv, references));

  const validators = new Map([...code.matchAll(EXPORT)].map(([, validator = ''], index) => [texts[index], validator]));
  const validatorOf = (schema: object) => {
    const validator = validators.get(textOf(schema));
    if (validator === undefined) throw new Error("Ajv's code has no export for a schema");
    return validator;
  };
  const rows = Object.entries(schemas).map(([id, own]) => `  ${id}: ${toLiteral(own, validatorOf)},\n`);
  return `${code.replaceAll(EXPORT, '')}\nexport const ${name} = {\n${rows.join('')}};\n`;
}

const EXPORT = /^export const schema\d+ = (\w+);\n/gm;

/**
 * Not `Ajv2020`: the contract uses no keyword that JSON Schema 2020-12 added, and supporting them would make the code
 * larger. An unknown keyword throws.
 */
function createAjv(mode: ModuleOptions['formats']): Ajv {
  const code = { source: true, esm: true, lines: true };
  const ajv = new Ajv({ strictSchema: true, allErrors: true, inlineRefs: false, validateSchema: false, code });
  addFormats.default(ajv, { mode });
  ajv.addVocabulary(['components', 'validators', 'discriminator', 'x-message']);
  // Errors do not include the schema unless `verbose` is set, so `x-message` becomes the message itself.
  const pattern = ajv.getKeyword('pattern');
  if (typeof pattern !== 'object') throw new Error('Ajv has no definition of pattern');
  const messageOf = (schema: string, own?: string) => own ?? `must match pattern "${schema}"`;
  pattern.error = {
    ...pattern.error,
    message: ({ schema, parentSchema }) => messageOf(schema, parentSchema?.['x-message']),
  };
  return ajv;
}

function toLiteral(schemas: OperationSchemas[string], validatorOf: (schema: object) => string): string {
  if (Array.isArray(schemas)) return `[${schemas.map(validatorOf).join(', ')}]`;
  const members = Object.entries(schemas).map(([status, schema]) => `${status}: ${validatorOf(schema)}`);
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}

const textOf = (schema: object): string => JSON.stringify(withoutDescriptions(schema));

/** Removes descriptions and examples, which would be most of the generated code. */
function withoutDescriptions(part: object): object {
  const isDescription = (key: string, value: unknown) =>
    key === 'example' || key === 'examples' || (/^(description|summary|title)$/.test(key) && typeof value === 'string');
  return JSON.parse(JSON.stringify(part, (key, value) => (isDescription(key, value) ? undefined : value)));
}
