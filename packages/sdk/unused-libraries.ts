import { isUnusedLibrary, SUBSTITUTE } from '@async-chatbot/core/bundling';
import type { Rolldown } from 'tsdown';

const ID = '\0unused-library';

/** Drops libraries that openapi-backend imports and core never calls from the bundle of the mock server. */
export const unusedLibraries = (): Rolldown.Plugin => ({
  name: 'unused-libraries',
  resolveId: (specifier, importer) => (isUnusedLibrary(specifier, importer) ? ID : null),
  load: (id) => (id === ID ? SUBSTITUTE : null),
});
