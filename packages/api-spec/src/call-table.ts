import type { OperationEntry } from './operation-table.ts';

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

/** Every operation of the table by its name, as a client calls it. */
export const callTable = (table: Record<string, OperationEntry>): Record<string, CallEntry> =>
  Object.fromEntries(Object.entries(table).map(([id, entry]) => [id, callEntry(entry)]));

function callEntry({ method, path, isAuthenticated, responseTypes = [], hasIdempotencyKey, items }: OperationEntry) {
  const [accept = 'application/json'] = responseTypes;
  const traits: CallTraits = {
    ...(accept !== 'application/json' && { accept }),
    ...(hasIdempotencyKey && { keyed: true }),
    ...(items !== undefined && { items }),
  };
  const entry = [method, path, isAuthenticated] as const;
  return Object.keys(traits).length > 0 ? ([...entry, traits] as const) : entry;
}
