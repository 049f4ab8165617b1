/** Startup and shutdown of the server's process, on the emulators. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CANARY } from '../support/checks/canary.ts';
import { addressOf, onEmulators, source, startNode, temporaryFolder } from '../support/process/program.ts';
import { HOST } from '../support/requests/bad-http.ts';
import { loggedIn, newCredentials, sendMessage } from '../support/requests/client.ts';
import { http, rawRequest } from '../support/requests/raw-request.ts';

const startMain = (env: Record<string, string>) => startNode([source('main.ts')], { env });

describe('the server, at start,', () => {
  it('exits with 78 and names all missing or invalid variables, without values', async () => {
    const invalid = {
      ENV: CANARY,
      PORT: CANARY,
      LOG_LEVEL: CANARY,
      COGNITO_ISSUER: CANARY,
      CORS_ALLOWED_DOMAIN: CANARY,
      AWS_ENDPOINT_URL_DYNAMODB: CANARY,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: CANARY,
    };
    const missing = ['AWS_REGION', 'COGNITO_USER_POOL_ID', 'COGNITO_APP_CLIENT_ID', 'DYNAMO_MESSAGES_TABLE'];
    const { code, stdout, stderr } = await startMain(invalid).ended;
    expect(code).toBe(78);
    expect(stdout).toBe('');
    const named = stderr.match(/^ {2}\w+(?=: )/gm)?.map((name) => name.trim());
    expect(named?.toSorted()).toEqual([...Object.keys(invalid), ...missing].toSorted());
    expect(stderr).not.toContain(CANARY);
  });

  it('exits with 78 if CORS_ALLOWED_DOMAIN allows any page', async () => {
    const { code, stderr } = await startMain({ ...onEmulators(), CORS_ALLOWED_DOMAIN: '*' }).ended;
    expect({ code, stderr }).toEqual({ code: 78, stderr: expect.stringContaining('CORS_ALLOWED_DOMAIN: ') });
  });

  it('exits with 1 and names the port in use', async () => {
    const other = createServer().listen(0);
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const PORT = String((other.address() as { port: number }).port);
    const { code, stderr } = await startMain({ ...onEmulators(), PORT }).ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: `Port ${PORT} is already in use. Set PORT to a free port.\n` });
  });

  it('serves requests, and logs no message text', async () => {
    const main = startMain(onEmulators());
    const ada = await loggedIn(await addressOf(main));
    expect((await sendMessage(ada)).bot_response.content).toMatch(/^Hello!/);
    await main.prints(/"operation":"sendMessage"/);
    expect(main.output.stdout + main.output.stderr).not.toContain(CANARY);
  });
});

describe('the server, on shutdown,', () => {
  it('completes started requests on SIGTERM, accepts no more connections, and exits with 0', async () => {
    const main = startMain(onEmulators());
    const baseUrl = await addressOf(main);
    const slow = await begin(baseUrl);

    main.signal('SIGTERM');
    await main.prints(/"draining"/);
    // For a moment, requests are still accepted from clients and proxies that do not know yet.
    const health = http('GET /health HTTP/1.1', HOST, 'Connection: close');
    expect((await rawRequest(baseUrl, health)).status).toBe(200);
    await sleep(1200);
    await expect(fetch(`${baseUrl}/health`)).rejects.toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'ECONNREFUSED' }) }),
    );

    expect(await slow.finish()).toEqual({ status: 201, body: '{"message":"User created successfully"}' });
    const respondedAt = performance.now();
    expect(await main.ended).toMatchObject({ code: 0, stderr: '' });
    expect(performance.now() - respondedAt).toBeLessThan(3000);
  });

  it('closes connections after requests with `Connection: close`, and others after two seconds', async () => {
    const main = startMain(onEmulators());
    const { port } = new URL(await addressOf(main));
    const [used, unused, halfHead, halfBody] = await Promise.all([
      openConnection(port, http('GET /health HTTP/1.1', HOST)),
      openConnection(port, ''),
      openConnection(port, 'GET /health HTTP/1.1\r\n'),
      openConnection(
        port,
        `${http('POST /users/login HTTP/1.1', HOST, 'Content-Type: application/json', 'Content-Length: 9')}{`,
      ),
    ]);
    await expect.poll(used.received).toContain('HTTP/1.1 200');
    main.signal('SIGTERM');
    await main.prints(/"draining"/);
    await sleep(1200);
    used.socket.write(http('GET /health HTTP/1.1', HOST));
    await used.ended;
    expect(used.received().match(/^Connection: .*/gm)).toEqual(['Connection: keep-alive', 'Connection: close']);
    const signalledAt = performance.now();
    await Promise.all([unused.ended, halfHead.ended, halfBody.ended]);
    expect(performance.now() - signalledAt).toBeLessThan(4000);
    expect(await main.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('logs an uncaught error without its message, completes started requests, and exits with 1', async () => {
    const script = join(await temporaryFolder(), 'reject.mjs');
    await writeFile(script, `setTimeout(() => Promise.reject(new TypeError('${CANARY}')), 4000)`);
    const main = startNode(['--import', script, source('main.ts')], { env: onEmulators() });
    const slow = await begin(await addressOf(main));
    await main.prints(/"reason":"TypeError","frames":\[.*"msg":"uncaught error"/);
    expect(await slow.finish()).toMatchObject({ status: 201 });
    const { code, stdout, stderr } = await main.ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).not.toContain(CANARY);
  });

  it('exits with 0 within 5 seconds on SIGINT without requests in progress, despite an idle connection', async () => {
    const main = startMain(onEmulators());
    await (await fetch(`${await addressOf(main)}/health`)).json();
    const signalledAt = performance.now();
    main.signal('SIGINT');
    expect(await main.ended).toMatchObject({ code: 0 });
    expect(performance.now() - signalledAt).toBeLessThan(5000);
  });

  it('exits with 1 on a second signal', async () => {
    const main = startMain(onEmulators());
    await begin(await addressOf(main));
    main.signal('SIGTERM');
    await main.prints(/"draining"/);
    main.signal('SIGTERM');
    expect(await main.ended).toMatchObject({ code: 1 });
  });
});

/** A connection on which these bytes have been sent. */
async function openConnection(port: string, bytes: string) {
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let received = '';
  socket.on('data', (chunk) => (received += chunk));
  const ended = once(socket, 'close');
  await once(socket, 'connect');
  socket.write(bytes);
  return { socket, ended, received: () => received };
}

/** A request on a keep-alive connection, whose head the server has read, but not its body. */
async function begin(baseUrl: string) {
  const slow: ClientRequest = request(`${baseUrl}/users/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Connection: 'keep-alive', Expect: '100-continue' },
  });
  slow.on('error', () => undefined).flushHeaders();
  await once(slow, 'continue');
  return {
    async finish() {
      slow.end(JSON.stringify(newCredentials()));
      const [response] = await once(slow, 'response');
      return { status: response.statusCode, body: await text(response) };
    },
  };
}
