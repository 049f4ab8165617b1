import { pathToFileURL } from 'node:url';
import type { Page } from './pages.ts';

/** What the probes ask of a client, in its own words; the answers are by default those of our API. */
export interface Adapter {
  create(baseUrl: string): unknown;
  /** A call that only reads. */
  read(client: unknown, options?: CallOptions): Promise<unknown>;
  /** A POST that changes something. */
  write(client: unknown): Promise<unknown>;
  /** The POST that has an idempotency key, where not all are alike. */
  send?(client: unknown): Promise<unknown>;
  logIn?(client: unknown): Promise<unknown>;
  /** All items of all pages, if there is such a thing; otherwise those of the first. */
  list(client: unknown): AsyncIterable<unknown>;
  page?(ids: string[], next: string | undefined): Page;
  /** Absent where the API has no events. */
  stream?(client: unknown): AsyncIterable<unknown>;
  events?: readonly { type?: string }[];
  /** The classes of its errors: of any answer, of a 404 and of a 429; absent where it has none. */
  errorClasses?(): Record<'any' | 'missing' | 'tooMany', ErrorClass>;
  /** Where its API puts the id of a request. */
  requestIdHeader?: string;
  /** The media type in which its API says what went wrong. */
  problemType?: string;
}

/** What `instanceof` is asked about. */
export interface ErrorClass {
  [Symbol.hasInstance](candidate: unknown): boolean;
}

/** Options of a call, by the names that clients have for them. */
export interface CallOptions {
  signal?: AbortSignal;
  timeout?: number;
  timeoutMs?: number;
}

/** Loads an adapter from beside what was installed for it. */
export async function loadAdapter(file: string): Promise<Adapter> {
  // The cast: an adapter is no TypeScript, as the packages it speaks to are not among ours.
  return (await import(pathToFileURL(file).href)) as Adapter;
}
