import type { Rolldown } from 'tsdown';

/**
 * What openapi-backend imports and core never calls: core hands in its own router, compiled validators and a definition
 * without references.
 */
const UNUSED = new Set([
  '@apidevtools/json-schema-ref-parser',
  'ajv',
  'bath-es5',
  'cookie',
  'dereference-json-schema',
  'mock-json-schema',
  'openapi-schema-validator',
  'qs',
]);

const ID = '\0unused-library';

/** Both functions return the definition that they get; everything else throws if it is called after all. */
const SUBSTITUTE = `
const unused = () => { throw new Error('This part of openapi-backend is not bundled'); };
export const parse = async (definition) => definition;
export const dereferenceSync = (definition) => definition;
export const mock = unused;
export default Object.assign(unused, { parse, dereference: unused, resolve: unused });
`;

/** Leaves these libraries out of the test kit, which they would double. */
export const unusedLibraries = (): Rolldown.Plugin => ({
  name: 'unused-libraries',
  resolveId: (source, importer) => (UNUSED.has(source) && importer?.includes('openapi-backend') ? ID : null),
  load: (id) => (id === ID ? SUBSTITUTE : null),
});
