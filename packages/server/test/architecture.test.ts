/** The rules of ARCHITECTURE.md about who may import what. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const filesIn = (folder: string) => {
  const cwd = new URL(folder, import.meta.url);
  return globSync('**/*.ts', { cwd }).map((path) => fileAt(path, cwd));
};
const fileAt = (path: string, cwd: URL) => {
  const text = readFileSync(new URL(path, cwd), 'utf8');
  const imports = [...text.matchAll(/^import (type )?([^;]*?)from '([^']+)'/gms)].map(
    ([, type, names = '', from = '']) => ({
      from,
      typesOnly:
        Boolean(type) ||
        names
          .replace(/[{}\s]/g, '')
          .split(',')
          .filter(Boolean).length === (names.match(/\btype /g) ?? []).length,
    }),
  );
  const lazy = [...text.matchAll(/import\('([^']+)'\)/g)].map(([, from = '']) => ({ from, typesOnly: false }));
  return { path, text, imports: [...imports, ...lazy] };
};

const core = filesIn('../../core/src/');
const files = filesIn('../src/');

const ROOTS = /^(main|embedded)\.ts$/;
const pathsThatImport = (what: RegExp) =>
  files
    .filter(({ imports }) => imports.some(({ from, typesOnly }) => what.test(from) && !typesOnly))
    .map(({ path }) => path);

/** Every rule has something to say: the files that it allows are there. */
function onlyIn(paths: string[], allowed: RegExp): void {
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !allowed.test(path))).toEqual([]);
}

it('Express is spoken at the edge alone', () => {
  onlyIn(pathsThatImport(/^express$/), /^(http\/(app|read-body|http-server)|docs\/docs)\.ts$/);
});

it('openapi-backend is spoken by the pipeline alone', () => {
  const paths = core.filter(({ imports }) =>
    imports.some(({ from, typesOnly }) => from === 'openapi-backend' && !typesOnly),
  );
  onlyIn(
    paths.map(({ path }) => path),
    /^http\/(backend|router)\.ts$/,
  );
  expect(pathsThatImport(/^openapi-backend$/)).toEqual([]);
});

it('AWS is spoken by its adapters alone', () => {
  onlyIn(
    pathsThatImport(/^@aws-sdk\/|^@smithy\/|^aws-jwt-verify/),
    /^(cognito|dynamo)\/|^(auth|bot)\/(dynamo|bedrock)-[\w-]+\.ts$/,
  );
});

it('the AI SDK is spoken by bots alone, each provider in one file that is loaded when it is configured', () => {
  onlyIn(pathsThatImport(/^ai$|^@ai-sdk\//), /^bot\/[\w-]+\.ts$/);
  for (const provider of [/^@ai-sdk\/openai-compatible$/, /^@ai-sdk\/amazon-bedrock$/]) {
    const [path = '', ...others] = pathsThatImport(provider);
    expect(others).toEqual([]);
    const importing = files.filter(({ imports }) =>
      imports.some(({ from }) => from.endsWith(`/${path.slice('bot/'.length)}`)),
    );
    expect(importing.map(({ path }) => path)).toEqual(['bot/create-bot.ts']);
    expect(importing[0]?.text).toContain(`import('./${path.slice('bot/'.length)}')`);
  }
});

it('the environment is read by the composition roots alone', () => {
  onlyIn(
    files.filter(({ text }) => text.includes('process.env')).map(({ path }) => path),
    ROOTS,
  );
});

it('emulators are started by the embedded root alone', () => {
  onlyIn(pathsThatImport(/\/dev\//), /^embedded\.ts$/);
});

it('core imports packages that run anywhere, each where it is used, and nothing of the server', () => {
  expect(core.length).toBeGreaterThan(0);
  const neutral = /^\.\.?\/(?!.*server)|^@async-chatbot\/(api-spec|shared)/;
  for (const { path, imports } of core)
    for (const { from } of imports)
      if (!path.startsWith('http/') || !/^(openapi-backend|ipaddr\.js|negotiator)$/.test(from))
        expect(from, path).toMatch(neutral);
});

it('ports and shapes import types alone', () => {
  const ports = core.filter(({ path }) => /^(operation|deps|ports\/.*)\.ts$/.test(path));
  expect(ports.length).toBeGreaterThan(10);
  for (const { path, imports } of ports)
    expect(
      imports.every(({ typesOnly }) => typesOnly),
      path,
    ).toBe(true);
});

it('an operation knows ports and problems: no HTTP, no other operation, no `try`', () => {
  const operations = core.filter(({ path }) => path.startsWith('operations/') && !path.endsWith('index.ts'));
  expect(operations.length).toBeGreaterThan(0);
  for (const { path, text, imports } of operations) {
    const foreign = imports.filter(({ from, typesOnly }) => !typesOnly && from !== '@async-chatbot/shared/problem');
    expect(foreign, path).toEqual([]);
    expect(text, path).not.toMatch(/\btry\b|\breq\b|\bres\b|cookie|header|token/i);
  }
});

it('no source file is longer than 150 lines', () => {
  expect([...core, ...files].filter(({ text }) => text.split('\n').length > 150).map(({ path }) => path)).toEqual([]);
});
