/** For bundles that contain core: leaves out what openapi-backend imports and core never calls. */
import type { Plugin } from 'esbuild';

/** Core uses only the router of openapi-backend, and overrides its parser, so it never calls these libraries: half a megabyte. */
const UNUSED_LIBRARIES: ReadonlySet<string> = new Set([
  '@apidevtools/json-schema-ref-parser',
  'ajv',
  'bath-es5',
  'cookie',
  'dereference-json-schema',
  'mock-json-schema',
  'openapi-schema-validator',
  'qs',
]);

/** Whether a file imports an unused library for openapi-backend. */
export const isUnusedLibrary = (specifier: string, importer = ''): boolean =>
  UNUSED_LIBRARIES.has(specifier) && /[\\/]openapi-backend[\\/][\w-]+\.js$/.test(importer);

/** A CommonJS module in their place. Two functions return the definition that they get; the others throw. */
export const SUBSTITUTE = `
const unused = () => { throw new Error('This part of openapi-backend is not bundled'); };
const parse = async (definition) => definition;
const dereferenceSync = (definition) => definition;
module.exports = Object.assign(unused, { parse, dereferenceSync, dereference: unused, resolve: unused, mock: unused });
`;

/** Leaves the unused libraries out of a bundle of esbuild. */
export const withoutUnusedLibraries = (): Plugin => ({
  name: 'without-unused-libraries',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[\w@]/ }, ({ path, importer }) =>
      isUnusedLibrary(path, importer) ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: SUBSTITUTE }));
  },
});
