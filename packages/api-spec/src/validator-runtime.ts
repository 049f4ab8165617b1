import type { Format } from 'ajv';
import { fastFormats } from 'ajv-formats/dist/formats.js';

/** Inlines the functions that Ajv's code imports with `require`. */
export function inlineRuntime(code: string): string {
  return code.replace(REQUIRE, (required) => {
    const text = RUNTIME[required];
    if (text === undefined) throw new Error(`Add the source of ${required} to RUNTIME`);
    return text;
  });
}

const REQUIRE = /\brequire\(.*?(?=;$)/gm;
const FORMATS = 'require("ajv-formats/dist/formats")';
/** Counts code points, much faster than Ajv's loop if there are no surrogates. */
const CODE_POINTS = '(text) => text.length - (text.match(/[\\ud800-\\udbff][\\udc00-\\udfff]/g) ?? []).length';
const INT32 = '{ validate: (value) => (value | 0) === value }';

const RUNTIME: Readonly<Record<string, string>> = {
  'require("ajv/dist/runtime/ucs2length").default': CODE_POINTS,
  [`${FORMATS}.fullFormats.int32`]: INT32,
  [`${FORMATS}.fastFormats.int32`]: INT32,
  [`${FORMATS}.fastFormats.date`]: shapeOf(fastFormats.date),
  [`${FORMATS}.fastFormats["date-time"]`]: shapeOf(fastFormats['date-time']),
};

function shapeOf(format: Format): string {
  if (typeof format !== 'object' || !('validate' in format) || !(format.validate instanceof RegExp))
    throw new Error('Only a format with a regular expression can be inlined');
  return `{ validate: ${format.validate} }`;
}
