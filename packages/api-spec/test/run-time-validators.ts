/** Validators as Ajv makes them at run time, to compare the generated ones with. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { contract } from './contract.ts';

const DOCUMENT = 'openapi.json';

/** Compiles schemas of the contract, with their references to it. */
export function compiler(mode: 'full' | 'fast'): (schema: object) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, validateSchema: false });
  addFormats.default(ajv, { mode });
  ajv.addSchema({ ...contract, $id: DOCUMENT });
  return (schema) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${DOCUMENT}#/`)));
}

/** What a request is refused for, or a response reported for. */
export const errorsOf = (validators: readonly ValidateFunction[], value: unknown) =>
  validators.flatMap((validate) => {
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, keyword, params, message, parentSchema }: ErrorObject) => ({
      instancePath,
      keyword,
      params,
      message: (keyword === 'pattern' && parentSchema?.['x-message']) || message,
    }));
  });
