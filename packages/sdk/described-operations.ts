/** The operations of the contract as far as a validator of requests wants to know them. */
import { document } from '@async-chatbot/api-spec';

export interface DescribedOperation {
  operationId: string;
  /** Its own, then those of its path. */
  parameters: Parameter[];
  requestBody?: { required?: boolean; content: { 'application/json': { schema: object } } };
  responses: Record<string, { content?: object }>;
  'x-rate-limits'?: string[];
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: { type?: string };
}

type Referring = Parameter | { $ref: string };
type Operation = Omit<DescribedOperation, 'parameters'> & { parameters?: Referring[] };

/** Every operation, in the order of the document. */
export function describedOperations(): DescribedOperation[] {
  // The cast: an imported JSON document has a narrower type for each of its parts.
  const paths = withoutWords(document.paths) as Record<
    string,
    { parameters?: Referring[] } & Record<string, Operation>
  >;
  return Object.values(paths).flatMap(({ parameters: shared = [], ...item }) =>
    Object.values<Operation>(item).map((operation) => ({
      ...operation,
      parameters: [...(operation.parameters ?? []), ...shared].map(resolved),
    })),
  );
}

function resolved(parameter: Referring): Parameter {
  if (!('$ref' in parameter)) return parameter;
  // The cast, as above.
  const known = withoutWords(document.components.parameters) as Record<string, Parameter>;
  const found = known[parameter.$ref.replace('#/components/parameters/', '')];
  if (!found) throw new Error(`There is no ${parameter.$ref}`);
  return found;
}

/** A part of the document without what is only for people to read, which would be most of the code. */
export function withoutWords(part: object): object {
  const isForPeople = (key: string, value: unknown) =>
    key === 'example' || key === 'examples' || (/^(description|summary|title)$/.test(key) && typeof value === 'string');
  return JSON.parse(JSON.stringify(part, (key, value) => (isForPeople(key, value) ? undefined : value)));
}
