import { Ajv, type Format } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { fastFormats } from 'ajv-formats/dist/formats.js';

/** The schemas of each operation: a list, or by the status of a response. */
export type OperationSchemas = Record<string, object[] | Record<string, object>>;

interface ModuleOptions {
  /** The name of the export. */
  name: string;
  /** What the schemas may refer to. */
  document: { components: object };
  schemas: OperationSchemas;
  /** How exactly formats are checked. */
  formats: 'full' | 'fast';
}

/**
 * The text of a module that exports a validator of each schema, in the same arrangement. The module imports and evaluates
 * nothing, since a content security policy may forbid it. Equal schemas share a validator.
 */
export function validatorModule({ name, document, schemas, formats }: ModuleOptions): string {
  const texts = [...new Set(Object.values(schemas).flatMap((own) => Object.values(own).map(textOf)))];
  const ajv = createAjv(formats);
  ajv.addSchema(
    { components: withoutProse(document.components), validators: texts.map((text) => JSON.parse(text)) },
    '',
  );
  const references = Object.fromEntries(texts.map((_, index) => [`schema${index}`, `#/validators/${index}`]));
  const code = standaloneCode.default(ajv, references).replace(REQUIRE, inlined);

  const functions = [...code.matchAll(EXPORT)].map(([, validator = '']) => validator);
  const validatorOf = (schema: object) => functions[texts.indexOf(textOf(schema))] ?? '';
  const rows = Object.entries(schemas).map(([id, own]) => `  ${id}: ${arranged(own, validatorOf)},\n`);
  return `${code.replaceAll(EXPORT, '')}\nexport const ${name} = {\n${rows.join('')}};\n`;
}

const EXPORT = /^export const schema\d+ = (\w+);\n/gm;
const REQUIRE = /\brequire\(.*?(?=;$)/gm;

/**
 * The class without the keywords that JSON Schema 2020-12 added: the contract uses none, and they double the code. An
 * unknown keyword fails the generation.
 */
function createAjv(mode: ModuleOptions['formats']): Ajv {
  const code = { source: true, esm: true, lines: true };
  const ajv = new Ajv({ strictSchema: true, allErrors: true, inlineRefs: false, validateSchema: false, code });
  addFormats.default(ajv, { mode });
  ajv.addVocabulary(['components', 'validators', 'discriminator', 'x-message']);
  // Errors carry no schema, so that of a pattern carries the contract's own message.
  const pattern = ajv.getKeyword('pattern');
  if (typeof pattern !== 'object') throw new Error('Ajv has no definition of pattern');
  const messageOf = (schema: string, own?: string) => own ?? `must match pattern "${schema}"`;
  pattern.error = {
    ...pattern.error,
    message: ({ schema, parentSchema }) => messageOf(schema, parentSchema?.['x-message']),
  };
  return ajv;
}

/** Ajv's own counts as slowly as a loop can; this one passes over text without surrogates. */
const CODE_POINTS = '(text) => text.length - (text.match(/[\\ud800-\\udbff][\\udc00-\\udfff]/g) ?? []).length';
const FORMATS = 'require("ajv-formats/dist/formats")';
const INT32 = '{ validate: (value) => (value | 0) === value }';

/** What the code would import from Ajv, as text. */
const RUNTIME: Readonly<Record<string, string>> = {
  'require("ajv/dist/runtime/ucs2length").default': CODE_POINTS,
  [`${FORMATS}.fullFormats.int32`]: INT32,
  [`${FORMATS}.fastFormats.int32`]: INT32,
  [`${FORMATS}.fastFormats.date`]: shapeOf(fastFormats.date),
  [`${FORMATS}.fastFormats["date-time"]`]: shapeOf(fastFormats['date-time']),
};

function shapeOf(format: Format): string {
  if (typeof format !== 'object' || !('validate' in format) || !(format.validate instanceof RegExp))
    throw new Error('This format is more than a regular expression');
  return `{ validate: ${format.validate} }`;
}

function inlined(required: string): string {
  const text = RUNTIME[required];
  if (text === undefined) throw new Error(`Add the text of ${required} to RUNTIME`);
  return text;
}

function arranged(schemas: OperationSchemas[string], validatorOf: (schema: object) => string): string {
  if (Array.isArray(schemas)) return `[${schemas.map(validatorOf).join(', ')}]`;
  const members = Object.entries(schemas).map(([status, schema]) => `${status}: ${validatorOf(schema)}`);
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}

const textOf = (schema: object): string => JSON.stringify(withoutProse(schema));

/** A part of the document without what is only for readers, which would be most of the code. */
function withoutProse(part: object): object {
  const isProse = (key: string, value: unknown) =>
    key === 'example' || key === 'examples' || (/^(description|summary|title)$/.test(key) && typeof value === 'string');
  return JSON.parse(JSON.stringify(part, (key, value) => (isProse(key, value) ? undefined : value)));
}
