/** For bundles that contain core: leaves out what openapi-backend imports and core never calls. */
import type { Plugin } from 'esbuild';

/** Core overrides the parser of openapi-backend's router, so it never calls these libraries. */
const UNUSED_LIBRARIES: ReadonlySet<string> = new Set(['bath-es5', 'cookie', 'qs']);

/** Whether a file imports an unused library for openapi-backend. */
export const isUnusedLibrary = (specifier: string, importer = ''): boolean =>
  UNUSED_LIBRARIES.has(specifier) && /[\\/]openapi-backend[\\/][\w-]+\.js$/.test(importer);

/** A CommonJS module in their place. */
export const SUBSTITUTE = 'module.exports = {};';

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
