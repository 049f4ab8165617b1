import { type Document, OpenAPIBackend, type Options } from 'openapi-backend';
import { operationEntries } from './operation-entries.ts';
import { Router } from './router.ts';

type BackendOptions = Required<Pick<Options, 'handlers' | 'securityHandlers'>>;

/**
 * Creates openapi-backend without its validators. The pipeline calls those that were compiled from the contract, which takes
 * less time and needs no `eval`.
 */
export async function createBackend(options: BackendOptions): Promise<OpenAPIBackend> {
  const backend = new OpenAPIBackend({
    definition: slimDefinition(),
    quick: true,
    strict: true,
    validate: false,
    ...options,
  });
  await backend.init();
  backend.router = new Router(backend.definition);
  return backend;
}

/** The parts of the contract that openapi-backend and the router read: paths, ids, security and integer parameters. */
export function slimDefinition(): Document {
  const paths: Record<string, Record<string, object>> = {};
  for (const [operationId, { method, path, isAuthenticated, integers = [] }] of Object.entries(operationEntries)) {
    const parameters = integers.map((name) => ({ name, in: 'query', schema: { type: 'integer' } }));
    const security = isAuthenticated ? [{ session: [] }] : [];
    paths[path] = { ...paths[path], [method.toLowerCase()]: { operationId, parameters, security, responses: {} } };
  }
  return {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths,
    components: {
      // Stands for both schemes of the contract.
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
    },
  };
}
