import { document } from '@async-chatbot/api-spec';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Document, OpenAPIBackend, type Options, ValidationContext } from 'openapi-backend';
import { Router } from './router.ts';

interface Built {
  backend: OpenAPIBackend;
  router: Router;
}

/** openapi-backend for our document: OpenAPI 3.1, every handler required, built once. */
export async function createBackend(options: Pick<Options, 'handlers' | 'securityHandlers'>): Promise<Built> {
  const backend = new Backend({
    definition: withPlainReferences(document),
    strict: true,
    customizeAjv: sharedAjv(),
    ...options,
  });
  await backend.init();
  const router = new Router(backend.definition);
  backend.router = router;
  backend.validator.router = router;
  return { backend, router };
}

/**
 * A copy, since the library resolves every `$ref` in place, without the descriptions beside them: for those it merges the
 * two and then takes the arrays that several copies share, such as `required`, for cycles.
 */
export function withPlainReferences(source: object): Document {
  return JSON.parse(JSON.stringify(source, (_, value) => (value?.$ref ? plainReference(value) : value)));
}

/** Throws on what would constrain the value beside the reference, such as `maxLength`: it would not be enforced. */
function plainReference({ $ref, ...siblings }: { $ref: string }): { $ref: string } {
  const other = Object.keys(siblings).find((key) => key !== 'summary' && key !== 'description');
  if (other !== undefined) throw new Error(`${other} beside the reference to ${$ref} would not be enforced`);
  return { $ref };
}

class Backend extends OpenAPIBackend {
  /** The library checks documents against OpenAPI 3.0 alone; ours is checked by the linters of api-spec. */
  override validateDefinition(): Document {
    return this.document;
  }
}

/** One Ajv for each context; the library would make three for every operation, which takes a second at the start. */
function sharedAjv(): NonNullable<Options['customizeAjv']> {
  const made = new Map<ValidationContext | undefined, Ajv2020>();
  return (_ajv, options, context) => {
    // Nobody validates response headers; their validators would be a third of the start. The cast: this is all it calls.
    if (context === ValidationContext.ResponseHeaders) return { compile: () => () => true } as unknown as Ajv2020;
    const known = made.get(context);
    if (known) return known;
    // The router parses integers; Ajv's coercion would accept `0x10` and ` 5` too.
    const common = { coerceTypes: false, strict: false, allErrors: true, verbose: true, validateSchema: false };
    const ajv = new Ajv2020({ ...options, ...common });
    // A reply is ours: that a date looks like one is enough, and asking the calendar takes a quarter of a list's time.
    addFormats.default(ajv, { mode: context === ValidationContext.Response ? 'fast' : 'full' });
    made.set(context, ajv);
    return ajv;
  };
}
