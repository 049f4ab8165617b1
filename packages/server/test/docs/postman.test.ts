import { operations } from '@async-chatbot/api-spec/operations';
import { expect, it } from 'vitest';
import { http, rawRequest } from '../support/requests/raw-request.ts';
import { startServer } from '../support/servers/server.ts';

interface Collection {
  info: { schema: string };
  item: { item: { request: { method: string; url: { path: string[] } } }[] }[];
  variable: { key: string; value: string }[];
}

const baseUrl = await startServer();
const configured = await startServer({}, { publicUrl: 'https://chat.example.com/api' });

const collectionOf = async (response: Response) => (await response.json()) as Collection;

const baseUrlIn = ({ variable }: Collection) => variable.find(({ key }) => key === 'baseUrl')?.value;

it('200 with a Postman collection of all operations, and 304 while it is unchanged', async () => {
  const response = await fetch(`${baseUrl}/postman.json`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/json');
  const { info, item } = await collectionOf(response);
  expect(info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json');
  const served = item.flatMap((folder) =>
    folder.item.map(({ request: { method, url } }) => `${method} /${url.path.join('/')}`),
  );
  const described = Object.values(operations).map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  );
  expect([...new Set(served)].sort()).toEqual(described.sort());

  const headers = { 'if-none-match': response.headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
  expect((await fetch(`${baseUrl}/postman.json`, { headers })).status).toBe(304);
});

it('its baseUrl is the server it was fetched from', async () => {
  expect(baseUrlIn(await collectionOf(await fetch(`${baseUrl}/postman.json`)))).toBe(baseUrl);
  expect(baseUrlIn(await collectionOf(await fetch(`${configured}/postman.json`)))).toBe('https://chat.example.com/api');
});

it('its baseUrl is a local server if the Host header names another', async () => {
  const request = http('GET /postman.json HTTP/1.1', 'Host: chat.example.org', 'Connection: close');
  const text = await (await rawRequest(baseUrl, request)).text();
  expect(text).not.toContain('chat.example.org');
  expect(baseUrlIn(JSON.parse(text))).toBe('http://localhost:8000');
});

it('the documentation links to it', async () => {
  const page = await (await fetch(`${baseUrl}/docs`)).text();
  const [, href = ''] = /<a href="([^"]+)">Postman</.exec(page) ?? [];
  expect(new URL(href, `${baseUrl}/docs`).href).toBe(`${baseUrl}/postman.json`);
});
