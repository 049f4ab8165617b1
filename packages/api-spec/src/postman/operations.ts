import { resolved } from '../resolved.ts';

/** The parts of an operation that requests are generated from, with resolved references and an example for each value. */
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  method: string;
  path: string;
  parameters: Parameter[];
  /** The examples of the JSON body; empty without a body. */
  bodies: unknown[];
  /** The documented success statuses. */
  statuses: number[];
  /** The media types of success responses. */
  mediaTypes: string[];
}

export interface Parameter {
  name: string;
  /** Its name in `components`, if operations share it. */
  sharedName: string | undefined;
  in: 'path' | 'query' | 'header';
  description: string;
  required: boolean;
  example: unknown;
}

export interface OperationsDocument {
  paths: Record<string, Record<string, OperationObject | ParameterObject[]>>;
}

interface OperationObject extends Pick<Operation, 'operationId' | 'tags' | 'summary' | 'description'> {
  parameters?: ParameterObject[];
  requestBody?: { content: { 'application/json': ExampleObject } };
  responses: Record<string, { $ref?: string; content?: Record<string, unknown> }>;
}

interface ParameterObject extends Pick<Parameter, 'name' | 'in' | 'description'> {
  $ref?: string;
  required?: boolean;
  example?: unknown;
  schema: { $ref?: string; example?: unknown; examples?: unknown[] };
}

interface ExampleObject {
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

export function operationsOf(document: OperationsDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, { parameters, ...members }]) => {
    const shared = Array.isArray(parameters) ? parameters : [];
    return Object.entries(members).map(([method, member]) => {
      // The cast: all members of a path but `parameters` are operations.
      const { requestBody, responses, parameters: own = [], ...operation } = member as OperationObject;
      const media = requestBody?.content['application/json'];
      const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      const types = successes.flatMap(([, response]) => Object.keys(resolved(document, response).content ?? {}));
      return {
        ...operation,
        method: method.toUpperCase(),
        path,
        parameters: [...shared, ...own].map((parameter) => parameterOf(document, parameter)),
        bodies: media ? examplesOf(media) : [],
        statuses: successes.map(([status]) => Number(status)),
        mediaTypes: [...new Set(types)],
      };
    });
  });
}

const examplesOf = ({ example, examples = {} }: ExampleObject): unknown[] =>
  example === undefined ? Object.values(examples).map(({ value }) => value) : [example];

function parameterOf(document: OperationsDocument, parameter: ParameterObject): Parameter {
  const { name, in: place, description, required = false, example, schema } = resolved(document, parameter);
  const { example: one, examples: [other] = [] } = resolved(document, schema);
  const sharedName = parameter.$ref?.split('/').at(-1);
  return { name, sharedName, in: place, description, required, example: example ?? one ?? other };
}
