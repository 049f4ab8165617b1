import type { ErrorObject } from 'ajv';
import { sayings } from './fault-words.ts';
import type { Fault } from './problem.ts';

/** As many as the spec allows in one answer. */
const MOST_FAULTS = 100;
const LONGEST_PLACE = 500;

/** What a validator found, in the caller's words. The validator sees `{ path, query, header, cookie, requestBody }`. */
export function toFaults(errors: readonly ErrorObject[]): Fault[] {
  // `parse` doubles what the schema says of a body that is no object.
  const faults = errors
    .filter(({ keyword }) => keyword !== 'parse')
    .slice(0, MOST_FAULTS)
    .map(toFault)
    .filter(isNews);
  // A rule that stands in a schema and in another that it refers to is broken once.
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** One line for people: the first fault, and how many there are. */
export function summaryOf([first, ...others]: Fault[]): string | undefined {
  if (!first) return undefined;
  const where = first.parameter ?? (first.pointer || 'the body');
  return `${where} ${first.message}${others.length > 0 ? `, and ${others.length} more` : ''}`;
}

function toFault({ instancePath, keyword, params, message, parentSchema }: ErrorObject): Fault {
  const [, part, ...place] = `${instancePath}${missing(keyword, params)}`.split('/');
  // Only a pattern needs words of its own; those of the other rules say more than `x-message` could.
  const own = keyword === 'pattern' ? parentSchema?.['x-message'] : sayings[keyword]?.(params);
  const words = { code: keyword, message: own ?? message ?? keyword };
  if (part === 'requestBody') return { pointer: cut(place.map((name) => `/${name}`).join('')), ...words };
  const parameter = unescapePointer(cut(place[0] ?? part ?? '')) || keyword;
  return { parameter, ...words, ...(params.type === 'integer' && { message: 'must be an integer in decimal digits' }) };
}

/** How long a text is says nothing where it has not the form that it should have. */
function isNews({ code, pointer, parameter }: Fault, _: number, all: readonly Fault[]): boolean {
  if (code !== 'minLength' && code !== 'maxLength') return true;
  return !all.some((other) => other.code === 'format' && other.pointer === pointer && other.parameter === parameter);
}

/** Of a property that should be there, or should not, the error names the parent; the caller wants the property. */
function missing(keyword: string, params: Record<string, unknown>): string {
  if (keyword === 'required') return `/${escapePointer(String(params.missingProperty))}`;
  if (keyword === 'additionalProperties') return `/${escapePointer(String(params.additionalProperty))}`;
  return '';
}

/** Cuts neither an escape nor a character in two. */
const cut = (pointer: string): string => pointer.slice(0, LONGEST_PLACE).replace(/[~\ud800-\udbff]$/, '');

/** RFC 6901, section 3. */
const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** RFC 6901, section 4. */
const unescapePointer = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~');
