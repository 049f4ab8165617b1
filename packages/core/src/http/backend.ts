import { requestValidators } from '@async-chatbot/api-spec/request-validators';
import type { responseValidators } from '@async-chatbot/api-spec/response-validators';
import { type Document, OpenAPIBackend, type Options } from 'openapi-backend';
import { operationEntries } from './operation-entries.ts';
import { Router } from './router.ts';

export type ResponseValidators = typeof responseValidators;

interface BackendOptions extends Required<Pick<Options, 'handlers' | 'securityHandlers'>> {
  responseValidators?: ResponseValidators | undefined;
}

/** Creates openapi-backend with precompiled validators, so that it starts in milliseconds and needs no `eval`. */
export async function createBackend({ responseValidators, ...options }: BackendOptions): Promise<OpenAPIBackend> {
  const backend = new OpenAPIBackend({ definition: slimDefinition(), quick: true, strict: true, ...options });
  await backend.init();
  const router = new Router(backend.definition);
  backend.router = router;
  backend.validator.router = router;
  backend.validator.requestValidators = { ...requestValidators };
  backend.validator.statusBasedResponseValidators = { ...responseValidators };
  return backend;
}

/** The parts of the contract that openapi-backend and the router read: paths, ids, security and integer parameters. */
export function slimDefinition(): Document {
  const paths: Record<string, Record<string, object>> = {};
  for (const [operationId, { method, path, isAuthenticated, integers = [] }] of Object.entries(operationEntries)) {
    const parameters = integers.map((name) => ({ name, in: 'query', schema: { type: 'integer' } }));
    const security = isAuthenticated ? [{ accessCookie: [] }, { accessToken: [] }] : [];
    paths[path] = { ...paths[path], [method.toLowerCase()]: { operationId, parameters, security, responses: {} } };
  }
  return {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths,
    components: {
      securitySchemes: {
        accessCookie: { type: 'apiKey', in: 'cookie', name: 'access_token' },
        accessToken: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
