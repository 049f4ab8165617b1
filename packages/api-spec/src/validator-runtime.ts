import type { Format } from 'ajv';
import { fastFormats } from 'ajv-formats/dist/formats.js';

/** Replaces what the code of Ajv requires from packages by its text. */
export function inlineRuntime(code: string): string {
  return code.replace(REQUIRE, (required) => {
    const text = RUNTIME[required];
    if (text === undefined) throw new Error(`Add the text of ${required} to RUNTIME`);
    return text;
  });
}

const REQUIRE = /\brequire\(.*?(?=;$)/gm;
const FORMATS = 'require("ajv-formats/dist/formats")';
/** Counts code points, much faster than the loop of Ajv in text without surrogates. */
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
    throw new Error('Only a format that is a regular expression can be written as text');
  return `{ validate: ${format.validate} }`;
}
