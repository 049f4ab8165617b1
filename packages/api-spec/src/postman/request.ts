import { values } from './folders.ts';
import type { Operation, Parameter } from './operations.ts';
import { scriptsAfter, scriptsBefore } from './scripts.ts';

/** A request of a Postman collection, with its scripts. */
export function postmanRequest(operation: Operation) {
  const { operationId, summary, description, method, path, parameters, bodies, mediaTypes } = operation;
  const [body] = bodies;
  const streams = mediaTypes.includes('application/json') && mediaTypes.includes('text/event-stream');
  const fields = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place).map(toField);
  const segments = path
    .replaceAll(/\{(\w+)\}/g, ':$1')
    .split('/')
    .slice(1);
  const before = scriptsBefore[operationId];
  return {
    name: summary,
    event: [...(before ? [script('prerequest', before)] : []), script('test', testOf(operation))],
    request: {
      method,
      description,
      header: [
        ...(body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }]),
        ...(streams ? [STREAM] : []),
        ...fields('header'),
      ],
      ...(body !== undefined && { body: toBody(body) }),
      url: {
        raw: `{{baseUrl}}/${segments.join('/')}`,
        host: ['{{baseUrl}}'],
        path: segments,
        query: fields('query'),
        variable: fields('path'),
      },
    },
    response: [],
  };
}

const STREAM = {
  key: 'Accept',
  value: 'text/event-stream',
  description: 'Streams the reply as server-sent events.',
  disabled: true,
};

function toField({ name, sharedName = name, required, description, example }: Parameter) {
  const value = values[sharedName] ?? values[name] ?? String(example);
  return { key: name, value, description, ...(!required && { disabled: true }) };
}

/** Fields in `values` are variables; the others keep their examples. */
function toBody(example: unknown) {
  const raw = JSON.stringify(example, (name, value: unknown) => values[name] ?? value, 2);
  return { mode: 'raw', raw, options: { raw: { language: 'json' } } };
}

function testOf({ operationId, statuses }: Operation): string[] {
  const saving = scriptsAfter[operationId] ?? [];
  return [
    `pm.test('Status is ${statuses.join(' or ')}', () => {`,
    `  pm.expect(pm.response.code, pm.response.text()).to.be.oneOf([${statuses.join(', ')}]);`,
    '});',
    ...(saving.length > 0 ? ['if (pm.response.code < 300) {', ...saving.map((line) => `  ${line}`), '}'] : []),
  ];
}

const script = (listen: string, exec: string[]) => ({ listen, script: { type: 'text/javascript', exec } });
