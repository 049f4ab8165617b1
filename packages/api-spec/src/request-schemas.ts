import { type DescribedOperation, type Document, describedOperations } from './described-operations.ts';

/** Schemas of `{ path, query, header, cookie, requestBody }` by operation: one for the body, if any, and one for parameters. */
export function requestSchemas(document: Document): Record<string, object[]> {
  return Object.fromEntries(
    describedOperations(document).map((operation) => [
      operation.operationId,
      [...bodySchemas(operation), parametersSchema(operation)],
    ]),
  );
}

function bodySchemas({ requestBody }: DescribedOperation): object[] {
  if (!requestBody) return [];
  const { required, content } = requestBody;
  const properties = { requestBody: content['application/json'].schema };
  return [{ type: 'object', required: required ? ['requestBody'] : [], properties }];
}

function parametersSchema({ parameters }: DescribedOperation): object {
  const groups = Object.entries(STRICT).map(([place, isStrict]) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    const nameOf = ({ name }: { name: string }) => (place === 'header' ? name.toLowerCase() : name);
    const properties = Object.fromEntries(here.map((parameter) => [nameOf(parameter), parameter.schema]));
    const required = here.filter((parameter) => parameter.required).map(nameOf);
    return [place, { type: 'object', additionalProperties: !isStrict, properties, required }];
  });
  return { type: 'object', properties: Object.fromEntries(groups) };
}

/** The locations of parameters, and whether unknown ones are rejected there. */
const STRICT = { path: true, query: true, header: false, cookie: false };
