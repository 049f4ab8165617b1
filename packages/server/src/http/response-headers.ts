import type { Request, RequestHandler, Response } from 'express';

/** Names and values in turn, as `writeHead` takes them. */
export type HeaderList = readonly string[];

/**
 * The headers that these handlers set, which depend only on the request's origin. They are computed once, and sent in one list
 * with those of the response: headers that are set one by one cost more than the rest of a small request.
 */
export function constantHeaders(
  handlers: readonly RequestHandler[],
  origins: readonly string[],
): (origin: string | undefined) => HeaderList {
  const lists = new Map(origins.map((origin) => [origin, headersSetBy(handlers, origin)]));
  const others = headersSetBy(handlers, undefined);
  return (origin) => (origin === undefined ? others : (lists.get(origin) ?? others));
}

function headersSetBy(handlers: readonly RequestHandler[], origin: string | undefined): HeaderList {
  const headers = new Map<string, string>();
  const req = { method: 'GET', headers: { origin } };
  const res = {
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  // The casts: these handlers use nothing else.
  for (const handler of handlers) handler(req as Request, res as unknown as Response, () => undefined);
  return [...headers].flat();
}

/** The constant headers, the request's id, and these headers of the response. */
export const allHeaders = ({ locals }: Response, headers: readonly [name: string, value: string][]): string[] => {
  const all = [...locals.headers, 'X-Request-Id', locals.requestId];
  for (const [name, value] of headers) all.push(name, value);
  return all;
};

/** Sets the same headers for handlers that use Express's methods. */
export const setHeaders: RequestHandler = (_req, res, next) => {
  const all = allHeaders(res, []);
  for (let index = 0; index < all.length; index += 2) res.setHeader(`${all[index]}`, `${all[index + 1]}`);
  next();
};
