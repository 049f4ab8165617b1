import { operations } from '@async-chatbot/api-spec/operations';
import { Problem } from '@async-chatbot/shared/problem';
import type { OperationId } from '../http/operation.ts';

/** The operation that a request is for, with the parameters of its path still to be read. */
export interface Route {
  id: OperationId;
  /** Throws `malformed-request` for what is not encoded as a path is. */
  parameters(): Record<string, string>;
}

interface Template {
  id: OperationId;
  method: string;
  pattern: RegExp;
  names: string[];
}

/** Finds operations by method and path. HEAD is GET without the body (RFC 9110, section 9.3.2). */
export function routes() {
  const templates = Object.entries(operations)
    .sort(([, one], [, other]) => literalLength(other.path) - literalLength(one.path))
    // The cast: the keys of this table are the operations.
    .map(([id, { method, path }]) => toTemplate(id as OperationId, method, path));
  const matching = (path: string) => templates.filter(({ pattern }) => pattern.test(path));

  return {
    find(method: string, path: string): Route | undefined {
      const asked = method === 'HEAD' ? 'GET' : method;
      const template = matching(path).find((each) => each.method === asked);
      return template && { id: template.id, parameters: () => parametersOf(template, path) };
    },

    /** Why no operation was found. */
    problemOf(path: string): Problem {
      const methods = matching(path).map(({ method }) => method);
      if (methods.length === 0) return new Problem('not-found');
      const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
      return new Problem('method-not-allowed', { headers: { Allow: [...new Set(allowed)].join(', ') } });
    },
  };
}

/** The most literal path wins. */
const literalLength = (path: string): number => path.replace(/\{.*?\}/g, '').length;

function toTemplate(id: OperationId, method: string, path: string): Template {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return { id, method, names, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}/*$`) };
}

function parametersOf({ pattern, names }: Template, path: string): Record<string, string> {
  const values = pattern.exec(path)?.slice(1) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, decode(values[index] ?? '')]));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new Problem('malformed-request', { detail: 'The path is not valid.', cause });
  }
}
