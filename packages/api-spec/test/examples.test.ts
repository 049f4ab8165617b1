/** The linters check that examples are valid; these tests check that they exist and cover every case. */
import { describe, expect, test } from 'vitest';
import { allResponses, contract, examplesOf, operations, resolved, type Schema } from './contract.ts';

interface Problem {
  type: string;
  status: number;
  code: string;
  errors?: { code: string; pointer?: string; parameter?: string }[];
}

const PROBLEM = 'application/problem+json';
const codes = contract.components.schemas.ProblemCode.enum;
const failures = allResponses
  .filter(({ status }) => /^[45]/.test(status))
  .map(({ content, ...response }) => {
    const media = content[PROBLEM];
    // The cast: a linter requires the members of a problem in each of these examples.
    const examples = (media ? examplesOf(media) : []) as [code: string, problem: Problem][];
    return { ...response, types: Object.keys(content), schema: media?.schema, examples };
  });
const successes = allResponses.filter(({ status }) => status.startsWith('2'));

describe('the response', () => {
  test.each(failures)(
    '$status of $operationId is a problem of that status, for each code that it may have',
    (failure) => {
      const { status, types, schema, examples } = failure;
      expect(types).toEqual([PROBLEM]);
      expect(schema).toEqual({ $ref: '#/components/schemas/Problem' });
      expect(examples).not.toEqual([]);
      for (const [name, problem] of examples) {
        expect(codes).toContain(name);
        expect(problem).toMatchObject({ code: name, type: `/problems#${name}`, status: Number(status) });
      }
    },
  );

  test.each(failures)('$status of $operationId explains each of its codes', ({ description, examples }) => {
    const listed = examples.length > 1 ? examples.map(([code]) => code) : [];
    expect(listed.filter((code) => !description.includes(`(\`${code}\`)`))).toEqual([]);
  });

  test.each(successes)('$status of $operationId has an example of each variant', ({ status, content }) => {
    expect(Object.keys(content).length > 0).toBe(status !== '204');
    for (const media of Object.values(content)) expect(examplesOf(media)).not.toEqual([]);
  });

  test.each(failures.filter(({ status }) => status === '422'))(
    '422 of $operationId names a property of its requests, or an unknown one',
    ({ requestBody, examples }) => {
      const properties = propertiesOf(requestBody?.content['application/json']?.schema);
      const allErrors = examples.flatMap(([, { errors = [] }]) => errors);
      expect(allErrors).not.toEqual([]);
      for (const { code, pointer, parameter } of allErrors) {
        if (!requestBody) expect(parameter).toBeDefined();
        else expect(properties.includes(pointer ?? '')).toBe(code !== 'additionalProperties');
      }
    },
  );
});

describe('a problem code', () => {
  const shown = new Set(failures.flatMap(({ examples }) => examples.map(([code]) => code)));
  const outside = [...contract.info.description.matchAll(/^- \d{3} `([a-z-]+)`:/gm)].map(([, code]) => code);

  test.each(codes)('%s has an example in an operation, or is documented as outside operations', (code) => {
    expect(shown.has(code) || outside.includes(code)).toBe(true);
  });

  test('is documented as outside operations only if no operation has it, except for invalid HTTP and overload', () => {
    expect(outside.filter((code) => shown.has(code ?? ''))).toEqual(['malformed-request', 'service-unavailable']);
  });
});

describe('the request', () => {
  test.each(operations.filter(({ requestBody }) => requestBody))(
    'the body of $operationId has an example',
    (operation) => {
      const bodies = Object.values(operation.requestBody?.content ?? {});
      expect(bodies).not.toEqual([]);
      for (const media of bodies) expect(examplesOf(media)).not.toEqual([]);
    },
  );

  const parameters = operations.flatMap(({ operationId, parameters }) =>
    parameters.map((parameter) => ({ operationId, ...parameter })),
  );
  test.each(parameters)('the parameter $name of $operationId has an example', ({ example, schema }) => {
    const { example: one, examples: [other] = [] } = resolved<Schema>(schema);
    expect(example ?? one ?? other).toBeDefined();
  });
});

describe('the stream', () => {
  const streams = successes.flatMap(({ operationId, content }) => {
    const media = content['text/event-stream'];
    return media ? [{ operationId, ...media }] : [];
  });

  test('is a response of three operations', () => {
    expect(streams.map(({ operationId }) => operationId)).toEqual(['sendMessage', 'regenerateReply', 'resumeReply']);
  });

  test.each(streams)('of $operationId has an example of each event', ({ operationId, ...media }) => {
    const types = resolved<Schema>(media.schema).oneOf?.map((event) => {
      return resolved<Schema>(resolved<Schema>(event).properties?.type ?? {}).const;
    });
    // Only `sendMessage` emits `message-created`.
    const expected = types?.filter((type) => type !== 'message-created' || operationId === 'sendMessage');
    const examples = examplesOf(media);
    expect(examples.map(([name]) => name)).toEqual(expected);
    for (const [name, event] of examples) expect(event).toMatchObject({ type: name });
  });
});

/** JSON Pointers to the properties of a body. */
function propertiesOf(schema: Schema = {}): string[] {
  return Object.keys(resolved<Schema>(schema).properties ?? {}).map((name) => `/${name}`);
}
