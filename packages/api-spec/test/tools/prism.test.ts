/** `prism mock` responds to every operation of the served document. */
import { describe, expect, it } from 'vitest';
import { type OperationsDocument, operationsOf } from '../../src/postman/operations.ts';
import { startPrism, startServer } from './programs.ts';

interface Served extends OperationsDocument {
  components: { securitySchemes: { accessCookie: { name: string } } };
}

const { baseUrl } = await startServer();
const url = `${baseUrl}/openapi.json`;
// The cast: the linters check that it is an OpenAPI document.
const document = (await (await fetch(url)).json()) as Served;
const prism = await startPrism(url);
const cookie = `${document.components.securitySchemes.accessCookie.name}=token`;

const responses = operationsOf(document).flatMap((operation) =>
  operation.mediaTypes.map((mediaType) => ({ ...operation, mediaType })),
);

describe('prism mock', () => {
  it.each(responses)(
    'responds to $operationId with $mediaType',
    async ({ method, path, parameters, bodies, statuses, mediaType }) => {
      const target = parameters
        .filter((parameter) => parameter.in === 'path')
        .reduce((filled, { name, example }) => filled.replace(`{${name}}`, String(example)), path);
      for (const body of bodies.length > 0 ? bodies : [undefined]) {
        const response = await fetch(prism.baseUrl + target, {
          method,
          headers: { accept: mediaType, cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        expect(statuses, text).toContain(response.status);
        expect(response.headers.get('content-type')).toBe(mediaType);
      }
    },
  );
});
