import type { ErrorObject } from 'ajv';
import type { Fault } from './problem.ts';

/** As many as the spec allows in one answer. */
const MOST_FAULTS = 100;
const LONGEST_PLACE = 500;

/** What a validator found, in the caller's words. The validator sees `{ path, query, header, cookie, requestBody }`. */
export function toFaults(errors: readonly ErrorObject[]): Fault[] {
  // `parse` doubles what the schema says of a body that is no object.
  return errors
    .filter(({ keyword }) => keyword !== 'parse')
    .slice(0, MOST_FAULTS)
    .map(toFault);
}

/** One line for people: the first fault, and how many there are. */
export function summaryOf([first, ...others]: Fault[]): string | undefined {
  if (!first) return undefined;
  const where = first.parameter ?? (first.pointer || 'the body');
  return `${where} ${first.message}${others.length > 0 ? `, and ${others.length} more` : ''}`;
}

function toFault({ instancePath, keyword, params, message, parentSchema }: ErrorObject): Fault {
  const [, part, ...place] = `${instancePath}${missing(keyword, params)}`.split('/');
  const words = { code: keyword, message: parentSchema?.['x-message'] ?? message ?? keyword };
  if (part === 'requestBody')
    return {
      pointer: place
        .map((name) => `/${name}`)
        .join('')
        .slice(0, LONGEST_PLACE),
      ...words,
    };
  return { parameter: (place[0] ?? part ?? '').slice(0, LONGEST_PLACE) || keyword, ...words };
}

/** Of a property that should be there, or should not, the error names the parent; the caller wants the property. */
function missing(keyword: string, params: Record<string, unknown>): string {
  if (keyword === 'required') return `/${escapePointer(String(params.missingProperty))}`;
  if (keyword === 'additionalProperties') return `/${escapePointer(String(params.additionalProperty))}`;
  return '';
}

/** RFC 6901, section 3. */
const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
