/** Startup and shutdown of the server's process, on the emulators. */
import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CANARY } from '../support/checks/canary.ts';
import { addressOf, onEmulators, source, startNode } from '../support/process/program.ts';
import { loggedIn, newCredentials, sendMessage } from '../support/requests/client.ts';

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
    await expect(fetch(`${baseUrl}/health`)).rejects.toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'ECONNREFUSED' }) }),
    );

    expect(await slow.finish()).toEqual({ status: 201, body: '{"message":"User created successfully"}' });
    const respondedAt = performance.now();
    expect(await main.ended).toMatchObject({ code: 0, stderr: '' });
    expect(performance.now() - respondedAt).toBeLessThan(2000);
  });

  it('exits with 0 at once on SIGINT without requests in progress, despite an idle connection', async () => {
    const main = startMain(onEmulators());
    await (await fetch(`${await addressOf(main)}/health`)).json();
    const signalledAt = performance.now();
    main.signal('SIGINT');
    expect(await main.ended).toMatchObject({ code: 0 });
    expect(performance.now() - signalledAt).toBeLessThan(2000);
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
