/** How a client calls an operation; the traits that it does not have are left out, since browsers load the table. */
export type CallEntry = readonly [method: string, path: string, authenticated: boolean, traits?: CallTraits];

/** What few operations have. */
export interface CallTraits {
  /** The media type of the success, where that is not JSON. */
  readonly accept?: string;
  /** Whether it takes an `Idempotency-Key`. */
  readonly keyed?: true;
  /** Of an operation that answers a page, the property with the items. */
  readonly items?: string;
}

/** An operation and where it stands in the document. */
interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

interface OperationObject {
  operationId: string;
  security?: unknown[];
  parameters?: { $ref?: string; name?: string }[];
  responses: Record<string, { content?: Record<string, { schema: SchemaObject }> }>;
}
interface SchemaObject {
  $ref?: string;
  type?: string;
  properties?: Record<string, SchemaObject>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** The parts of an OpenAPI document that the tables are made of. */
export interface Document {
  paths: Record<string, Partial<Record<(typeof METHODS)[number], OperationObject>>>;
  components: { schemas: Record<string, SchemaObject>; parameters: Record<string, { name: string }> };
}

/** Every operation of the document by its name. */
export function operationTable(document: Document) {
  return tableOf(document, ({ method, path, operation }) => ({ method, path, authenticated: isSigned(operation) }));
}

/** Every operation of the document by its name, as a client calls it. */
export function callTable(document: Document): Record<string, CallEntry> {
  return tableOf(document, ({ method, path, operation }) => {
    const traits = traitsOf(document, operation);
    const entry = [method, path, isSigned(operation)] as const;
    return Object.keys(traits).length > 0 ? [...entry, traits] : entry;
  });
}

function tableOf<Entry>({ paths }: Document, entryOf: (placed: Placed) => Entry): Record<string, Entry> {
  const placed = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method: method.toUpperCase(), path, operation }] : [];
    }),
  );
  return Object.fromEntries(placed.map((each) => [each.operation.operationId, entryOf(each)]));
}

/** Whether it is for somebody who is logged in. */
const isSigned = ({ security }: OperationObject): boolean => security?.length !== 0;

function traitsOf({ components }: Document, { responses, parameters = [] }: OperationObject): CallTraits {
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  const [mediaType = '', content] = Object.entries(success?.content ?? {})[0] ?? [];
  const names = parameters.map((parameter) => (components.parameters[nameOf(parameter)] ?? parameter).name);
  const items = itemsOf(components.schemas[nameOf(content?.schema ?? {})]);
  return {
    ...(mediaType !== 'application/json' && { accept: mediaType }),
    ...(names.includes('Idempotency-Key') && { keyed: true }),
    ...(items !== undefined && { items }),
  };
}

/** A page is what has a cursor for the next one. */
function itemsOf({ properties = {} }: SchemaObject = {}): string | undefined {
  if (!properties.next_cursor) return undefined;
  return Object.keys(properties).find((name) => properties[name]?.type === 'array');
}

const nameOf = ({ $ref = '' }: { $ref?: string }): string => $ref.split('/').at(-1) ?? '';
