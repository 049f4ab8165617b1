import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROGRAM = `
  import { memoryPipeline, CREDENTIALS } from './memory-pipeline.ts';
  import { responseValidators as validators } from '@async-chatbot/api-spec/response-validators';
  try {
    new Function('');
    throw new TypeError('The flag is not on');
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
  }
  const { send, login } = memoryPipeline({ responseValidation: { validators, sample: 1, isStrict: true } });
  const cookies = await login();
  const { status } = await send('POST', '/messages', { cookies, json: { content: 'canary' } });
  const refused = await send('POST', '/messages', { cookies, json: {} });
  process.stdout.write(String([status, refused.status]));
`;

it('the pipeline starts and validates where eval is forbidden', async () => {
  const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', PROGRAM];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: import.meta.dirname });
  expect(stdout).toBe('201,422');
});
