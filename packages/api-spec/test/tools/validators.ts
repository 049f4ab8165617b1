/** The zod validators of each generator, called in the same way. */
import { join } from 'node:path';
import type { EdgeCase, Generator } from './edge-cases.ts';

export type Validate = (request: Pick<EdgeCase, 'operationId' | 'in'>, value: Record<string, unknown>) => boolean;

interface Schema {
  safeParse(value: unknown): { success: boolean };
}
interface Endpoint {
  alias: string;
  parameters?: { name: string; type: string; schema: Schema }[];
}

export async function validatorsIn(folder: string): Promise<Record<Generator, Validate>> {
  // The casts: another test compiles the generated files with their own types.
  const load = async <T>(path: string) => (await import(join(folder, path))) as T;
  const orval = await load<Record<string, Schema>>('orval.ts');
  const kubb = await load<Record<string, Schema>>('kubb/index.ts');
  const { api } = await load<{ api: { api: Endpoint[] } }>('openapi-zod-client.ts');

  const orvalName = { body: 'Body', query: 'QueryParams', path: 'Params' };
  const kubbName = { body: 'MutationRequest', query: 'QueryParams', path: 'PathParams' };
  const zodiosType = { body: 'Body', query: 'Query', path: 'Path' };
  return {
    orval: ({ operationId, in: place }, value) =>
      accepts(orval[operationId.replace(/^./, (first) => first.toUpperCase()) + orvalName[place]], value),
    kubb: ({ operationId, in: place }, value) => accepts(kubb[`${operationId}${kubbName[place]}Schema`], value),
    'openapi-zod-client': ({ operationId, in: place }, value) => {
      const parameters = api.api.find(({ alias }) => alias === operationId)?.parameters ?? [];
      const placed = parameters.filter(({ type }) => type === zodiosType[place]);
      if (place === 'body') return accepts(placed[0]?.schema, value);
      const schemas = new Map(placed.map(({ name, schema }) => [name, schema]));
      return Object.entries(value).every(([name, each]) => accepts(schemas.get(name), each));
    },
  };
}

function accepts(schema: Schema | undefined, value: unknown): boolean {
  if (!schema) throw new Error('The generator has not created this validator');
  return schema.safeParse(value).success;
}
