import { withIntegers } from '@async-chatbot/shared/decimal-digits';
import { Problem } from '@async-chatbot/shared/problem';
import { type Document, OpenAPIRouter, type Operation, type ParsedRequest, type Request } from 'openapi-backend';

interface Route {
  operation: Operation;
  pattern: RegExp;
  /** The names of the path's parameters, in the order of the pattern's groups. */
  names: string[];
  /** The names of the query's parameters that are integers. */
  integers: string[];
}

/**
 * openapi-backend's router and request parser with everything built once. The original compiles one RegExp per
 * operation and request; a property test holds the two against each other. A class, since that is how it is replaced.
 */
export class Router extends OpenAPIRouter {
  readonly #operations: Operation[];
  readonly #byId: Map<string | undefined, Route>;
  readonly #fixed: Map<string, Operation>;
  readonly #routes: Route[];

  constructor(definition: Document) {
    super({ definition, apiRoot: '/', ignoreTrailingSlashes: true });
    this.#operations = super.getOperations();
    this.#operations.forEach(refuseUnread);
    // The most literal path wins, as in the original; sorting is stable.
    this.#routes = this.#operations.map(toRoute).sort((a, b) => literalLength(b) - literalLength(a));
    this.#byId = new Map(this.#routes.map((route) => [route.operation.operationId, route]));
    this.#fixed = new Map(this.#operations.map((operation) => [`${operation.method} ${operation.path}`, operation]));
  }

  override getOperations(): Operation[] {
    return this.#operations;
  }

  override getOperation(operationId: string): Operation | undefined {
    return this.#byId.get(operationId)?.operation;
  }

  override matchOperation(req: Request): Operation | undefined;
  override matchOperation(req: Request, strict: boolean): Operation;
  override matchOperation(req: Request, strict?: boolean): Operation | undefined {
    const path = this.normalizePath(pathOf(req));
    const method = req.method.toLowerCase();
    const fixed = this.#fixed.get(`${method} ${path}`);
    if (fixed) return fixed;

    const routes = this.#routesOf(path);
    const match = routes.find(({ operation }) => operation.method === method);
    if (match || !strict) return match?.operation;
    // openapi-backend tells the two apart by these first three letters.
    throw Error(routes.length > 0 ? '405-methodNotAllowed' : '404-notFound');
  }

  /** The methods that are allowed on a path, as the Allow header names them. HEAD goes with GET. */
  methodsOf(path: string): string[] {
    const methods = this.#routesOf(this.normalizePath(path)).map(({ operation }) => operation.method.toUpperCase());
    if (methods.includes('GET')) methods.push('HEAD');
    return [...new Set(methods)];
  }

  /** Takes the query, the cookies and the body as Express has parsed them, and reads the integers of the query. */
  override parseRequest(req: Request, operation?: Operation): ParsedRequest {
    const path = pathOf(req);
    const { integers = [] } = this.#byId.get(operation?.operationId) ?? {};
    return {
      method: req.method.toLowerCase(),
      path,
      headers: req.headers,
      query: withIntegers(req.query as Record<string, string>, integers) as ParsedRequest['query'],
      cookies: (req as { cookies?: Record<string, string> }).cookies ?? {},
      requestBody: req.body,
      params: operation ? this.#paramsOf(operation, this.normalizePath(path)) : {},
    };
  }

  #routesOf(path: string): Route[] {
    return this.#routes.filter(({ pattern }) => pattern.test(path));
  }

  #paramsOf(operation: Operation, path: string): Record<string, string> {
    const route = this.#byId.get(operation.operationId);
    if (!route || route.names.length === 0) return {};
    const values = route.pattern.exec(path)?.slice(1) ?? [];
    return Object.fromEntries(route.names.map((name, index) => [name, decode(values[index] ?? '')]));
  }
}

/** What the original reads from a query and `parseRequest` does not, since Express has parsed it and the spec is ours. */
function refuseUnread({ operationId, parameters = [] }: Operation): void {
  for (const parameter of parameters) {
    if (!('content' in parameter) && !('explode' in parameter && parameter.explode === false)) continue;
    const name = 'name' in parameter ? parameter.name : '';
    throw new Error(`${operationId}: parameter ${name} uses content or explode: false, which the router does not read`);
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new Problem('malformed-request', { detail: 'The path is not valid.', cause });
  }
}

const pathOf = ({ path }: Request): string => {
  const end = path.indexOf('?');
  return end < 0 ? path : path.slice(0, end);
};

function toRoute(operation: Operation): Route {
  const names: string[] = [];
  const pattern = operation.path
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(part.slice(1, -1));
      return '([^/]+)';
    })
    .join('');
  return { operation, pattern: new RegExp(`^${pattern}$`), names, integers: integersOf(operation) };
}

/** The definition has no references any more. */
function integersOf({ parameters = [] }: Operation): string[] {
  return parameters.flatMap((parameter) =>
    'in' in parameter && parameter.in === 'query' && (parameter.schema as { type?: string }).type === 'integer'
      ? [parameter.name]
      : [],
  );
}

const literalLength = ({ operation }: Route): number => operation.path.replace(/\{.*?\}/g, '').length;
