/** Code generated from the document compiles, and its validators agree with the server. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../generated/operations.ts';
import { type EdgeCase, edgeCases, type Generator } from './edge-cases.ts';
import { startServer } from './programs.ts';
import { type Validate, validatorsIn } from './validators.ts';

const run = promisify(execFile);
const UNLIMITED = {
  LIMIT_ADDRESS_PER_MINUTE: '1000000',
  LIMIT_EMAIL_PER_MINUTE: '1000',
  LIMIT_USER_PER_MINUTE: '1000',
};
const { baseUrl } = await startServer(UNLIMITED);
let folder: string;
const generators: Generator[] = ['orval', 'kubb', 'openapi-zod-client'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatbot-generated-'));
  await symlink(join(import.meta.dirname, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await cp(join(import.meta.dirname, 'openapi-fetch'), join(folder, 'openapi-fetch'), { recursive: true });
  const args = [join(import.meta.dirname, 'generate.mjs'), `${baseUrl}/openapi.json`, folder];
  // Some generators read configuration files, such as Redocly's, in the working directory.
  await run(process.execPath, args, { cwd: folder });
  return () => rm(folder, { recursive: true, force: true });
});

it('generated code compiles in strict mode', async () => {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    target: 'es2024',
    lib: ['es2024', 'dom'],
    module: 'nodenext',
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(import.meta.dirname, '../../node_modules/@types')],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const failure = await run(process.execPath, [compiler, '--project', folder]).catch(({ stdout }) => stdout);
  expect(failure).toEqual({ stdout: '', stderr: '' });
});

it('a program registers, logs in, sends and lists with openapi-fetch', async () => {
  const args = [join(folder, 'openapi-fetch/program.ts'), baseUrl, `${randomUUID()}@example.com`, 'Password123'];
  const { stdout } = await run(process.execPath, args);
  const { refused, sent, reply, listed } = JSON.parse(stdout);
  expect(refused).toBe('invalid-credentials');
  expect(sent).toBe('Tell me a joke');
  expect(listed).toEqual([reply]);
});

describe('the validators agree with the server on', () => {
  let validators: Record<Generator, Validate>;
  let send: (edgeCase: EdgeCase) => Promise<number>;

  beforeAll(async () => {
    validators = await validatorsIn(folder);
    send = await sender();
  });

  it.each(edgeCases)('$name of $operationId', async (edgeCase) => {
    const status = await send(edgeCase);
    expect([200, 201, 401, 404, 422]).toContain(status);
    const { value, disagrees = {} } = edgeCase;
    const disagreeing = generators.filter((generator) => validators[generator](edgeCase, value) !== (status !== 422));
    // Exactly these: remove exceptions that no longer apply.
    expect(disagreeing, `The server responded with ${status}`).toEqual(Object.keys(disagrees));
  });
});

/** Logs a user in. The returned function sends the request of an edge case and returns the status. */
async function sender() {
  const request = (method: string, path: string, json?: unknown, cookie = '') =>
    fetch(baseUrl + path, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  const credentials = { email: `${randomUUID()}@example.com`, password: 'Password123' };
  await request('POST', '/users/register', credentials);
  const login = await request('POST', '/users/login', credentials);
  const cookies = login.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  const cookie = cookies.join('; ');
  const sent = await request('POST', '/messages', { content: 'Hello' }, cookie);
  const { user_message, bot_response } = (await sent.json()) as Record<string, { id_message: string }>;

  return async ({ operationId, in: place, value }: EdgeCase): Promise<number> => {
    // The cast: the contract has the operation, or this fails.
    const { method, path } = operations[operationId as keyof typeof operations];
    const known = operationId === 'rateReply' ? bot_response : user_message;
    const id = place === 'path' ? value.id_message : known?.id_message;
    // The cast: values of a query are text.
    const query = place === 'query' ? `?${new URLSearchParams(value as Record<string, string>)}` : '';
    const target = path.replace('{id_message}', encodeURIComponent(String(id))) + query;
    const json = 'email' in value ? { ...value, email: `${randomUUID()}@example.com` } : value;
    return (await request(method, target, place === 'body' ? json : undefined, cookie)).status;
  };
}
