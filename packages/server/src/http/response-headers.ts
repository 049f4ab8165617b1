import type { Request, RequestHandler, Response } from 'express';

/** Alternating names and values, as `writeHead` takes them. */
export type HeaderList = readonly string[];

/**
 * The headers that these handlers set, which depend only on the request's origin. They are computed once, and each response
 * sends them in one list with its own: headers that are set one by one cost a third of a small request (decision 29).
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

/** The constant headers, `X-Request-Id`, and the headers of this response. */
export const allHeaders = ({ locals }: Response, headers: readonly [name: string, value: string][]): string[] => {
  const all = [...locals.headers, 'X-Request-Id', locals.requestId];
  for (const [name, value] of headers) all.push(name, value);
  return all;
};

/** Sets the constant headers and `X-Request-Id`, for handlers that use Express's methods. */
export const setHeaders: RequestHandler = (_req, res, next) => {
  const all = allHeaders(res, []);
  for (let index = 0; index < all.length; index += 2) res.setHeader(`${all[index]}`, `${all[index + 1]}`);
  next();
};
