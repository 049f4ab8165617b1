/** Validators compiled by Ajv at run time, for comparison with the generated ones. */
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

/** The errors of a request or a response. */
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
