import { isUnusedLibrary, SUBSTITUTE } from '@async-chatbot/core/bundling';
import type { Rolldown } from 'tsdown';

const ID = '\0unused-library';

/** Leaves out of the test kit what openapi-backend imports and core never calls. */
export const unusedLibraries = (): Rolldown.Plugin => ({
  name: 'unused-libraries',
  resolveId: (specifier, importer) => (isUnusedLibrary(specifier, importer) ? ID : null),
  load: (id) => (id === ID ? SUBSTITUTE : null),
});
