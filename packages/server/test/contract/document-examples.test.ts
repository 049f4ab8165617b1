/** Every example of the document is a valid request, response or header. */
import { validateHeaderValue } from 'node:http';
import { document } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import { describe, expect, it } from 'vitest';
import { expectDocumented } from '../support/checks/spec.ts';
import { connect, loggedIn } from '../support/requests/client.ts';
import { poolServer } from '../support/servers/pool-server.ts';

interface Reference {
  $ref?: string;
}
interface Example extends Reference {
  value?: unknown;
}
interface Exemplified extends Reference {
  example?: unknown;
  examples?: Record<string, Example> | unknown[];
  schema?: Exemplified;
}
interface Parameter extends Exemplified {
  name: string;
  in: 'path' | 'query' | 'header';
}
interface Body extends Reference {
  headers?: Record<string, Exemplified>;
  content: Record<string, Exemplified>;
}
interface Described {
  parameters?: (Parameter | Reference)[];
  requestBody?: Body;
  responses: Record<string, Body>;
}

/** Resolves a reference; returns other values unchanged. The casts: the linters check every reference. */
function resolved<Value extends Reference>(value: Value | Reference): Value {
  if (value.$ref === undefined) return value as Value;
  const names = value.$ref.split('/').slice(1);
  return names.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], document) as Value;
}

/** The examples of an object or, if it has none, of its schema. */
function examplesOf({ example, examples, schema }: Exemplified): unknown[] {
  const all = Array.isArray(examples)
    ? examples
    : Object.values(examples ?? {}).map((entry) => resolved<Example>(entry).value);
  const own = example === undefined ? all : [example, ...all];
  return own.length > 0 || !schema ? own : examplesOf(resolved<Exemplified>(schema));
}

// The cast: the keys of this table are the operations.
const described = (Object.keys(operations) as OperationId[]).map((id) => {
  const { path, method } = operations[id];
  // The cast: an imported JSON document has a narrower type for each of its parts.
  const item = document.paths[path] as unknown as Record<string, Described> & { parameters?: Parameter[] };
  const { parameters = [], ...operation } = item[method.toLowerCase()] as Described;
  const all = [...(item.parameters ?? []), ...parameters].map((parameter) => resolved<Parameter>(parameter));
  return { id, path, method, parameters: all, ...operation };
});

describe('the header', () => {
  const headers = Object.entries(document.components.headers) as unknown as [string, Exemplified][];
  const sent = [
    ...headers,
    ...described.flatMap(({ parameters }) => parameters.map((each): [string, Exemplified] => [each.name, each])),
  ];
  it.each(sent)('%s has an ASCII example, which HTTP can transmit', (name, header) => {
    const examples = examplesOf(header).map(String);
    expect(examples).not.toEqual([]);
    for (const example of examples) {
      expect(example).toMatch(/^[\x20-\x7e]+$/);
      expect(() => validateHeaderValue(name, example)).not.toThrow();
      expect(new Headers([[name, example]]).get(name)).toBe(example);
    }
  });
});

describe('the response', () => {
  const responses = described.flatMap(({ id, responses }) =>
    Object.entries(responses).flatMap(([status, response]) => {
      const { headers = {}, content = {} } = resolved<Body>(response);
      return Object.entries(content).flatMap(([type, media]) =>
        examplesOf(media).map((example, index) => ({ id, status: Number(status), type, index, example, headers })),
      );
    }),
  );
  it.each(responses)(
    '$status of $id can be sent as its example $index of $type',
    ({ id, status, type, example, headers }) => {
      const values = Object.entries(headers).map(([name, header]): [string, string] => [
        name,
        String(examplesOf(resolved<Exemplified>(header))[0]),
      ]);
      const response = new Response(JSON.stringify(example), { status, headers: [...values, ['Content-Type', type]] });
      const isOneOfMany = type === 'application/x-ndjson' || type === 'text/event-stream';
      expectDocumented(id, response, isOneOfMany ? [example] : example);
    },
  );
});

describe('the request', () => {
  const requests = described.flatMap(({ requestBody, ...operation }) => {
    const bodies = Object.values(requestBody?.content ?? {}).flatMap(examplesOf);
    return (requestBody ? bodies : [undefined]).map((json, index) => ({ ...operation, json, index }));
  });

  it.each(requests)(
    '$id accepts its example $index, with every parameter',
    async ({ id, path, method, parameters, json }) => {
      // A separate user pool, since the examples register an address that other tests use.
      const { baseUrl } = await poolServer();
      const textOf = (parameter: Parameter) => String(examplesOf(parameter)[0]);
      const parametersIn = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place);
      const target = parametersIn('path').reduce(
        (text, parameter) => text.replace(`{${parameter.name}}`, encodeURIComponent(textOf(parameter))),
        path as string,
      );
      const query = new URLSearchParams(
        parametersIn('query').map((parameter): [string, string] => [parameter.name, textOf(parameter)]),
      );
      const headers = Object.fromEntries(
        parametersIn('header').map((parameter): [string, string] => [parameter.name, textOf(parameter)]),
      );
      const { call } = operations[id].isAuthenticated ? await loggedIn(baseUrl) : connect(baseUrl);
      const { body } = await call(method, `${target}?${query}`, { headers, ...(json !== undefined && { json }) });
      expect(['validation-failed', 'malformed-request']).not.toContain(body?.code);
    },
  );
});
