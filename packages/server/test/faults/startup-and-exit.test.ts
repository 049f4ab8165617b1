/** Servers that start with a wrong configuration, or exit because of a bug. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';
import { seconds, timed } from '../support/faults/figures.ts';
import { HUNG_MS } from '../support/faults/outage.ts';
import { connect } from '../support/requests/client.ts';
import { status } from '../support/servers/model-server.ts';

faultRow(
  'C12',
  {
    fault: 'An unhandled rejection and an uncaught exception while replies are in progress',
    criterion:
      'the requests get 201; the log has the name and stack frames of the error, but not its message; exit code 1',
  },
  async (open) => {
    const product = await open({ bot: 'model' });
    const { user: ada } = await product.start();
    const exits: string[] = [];
    for (const command of ['reject', 'throw'] as const) {
      const failing = await product.startCold();
      const conversations = await Promise.all([ada.newConversation(), ada.newConversation()]);
      const asked = product.model.requests.length;
      const sent = conversations.map((conversation) => ada.at(failing).send({ conversation }));
      await expect.poll(() => product.model.requests.length, { timeout: HUNG_MS }).toBe(asked + 2);
      const { ms, result } = await timed(() => {
        failing.command(command);
        return failing.ended;
      });
      expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([201, 201]);
      expect([result.code, result.stderr]).toEqual([1, '']);
      const lines = result.stdout.split('\n').filter((line) => line.includes('uncaught error'));
      expect(lines.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ reason: 'TypeError', frames: expect.arrayContaining([expect.any(String)]) }),
      ]);
      expect(result.stdout).not.toContain('canary');
      exits.push(seconds(ms));
    }
    return `2 × 201 each; exits after ${exits.join(' and ')}`;
  },
);

faultRow(
  'C20',
  {
    fault:
      'A server starts with a table, an app client or a user pool that does not exist, or with an unknown host; a model rejects its key',
    criterion:
      '/ready returns 503, and one log line names the dependency and the reason; /health returns 200; the log line of the failed bot has the model and the request id',
  },
  async (open) => {
    const product = await open();
    await product.start();
    const wrong: [dependency: string, reason: RegExp, environment: Record<string, string>][] = [
      ['table', /ResourceNotFoundException/, { DYNAMO_MESSAGES_TABLE: 'canary' }],
      ['app-client', /ResourceNotFoundException/, { COGNITO_APP_CLIENT_ID: 'canary' }],
      ['signing-keys', /JwksOutageError/, { COGNITO_USER_POOL_ID: 'eu-west-1_canary' }],
      ['table', /ENOTFOUND|EAI_AGAIN/, { AWS_ENDPOINT_URL_DYNAMODB: 'http://canary.invalid' }],
    ];
    const found: string[] = [];
    for (const [dependency, reason, environment] of wrong) {
      const server = await product.startCold(environment);
      await server.prints(/"msg":"dependency failed"/);
      const { call } = connect(server.baseUrl, product.clients.send);
      const ready = await call('GET', '/ready');
      expect([ready.status, ready.body.code]).toEqual([503, 'not-ready']);
      expect((await call('GET', '/health')).status).toBe(200);
      const lines = server.output.stdout.split('\n').filter((line) => line.includes('dependency failed'));
      const failures = lines.map((line) => JSON.parse(line)).filter((line) => line.dependency === dependency);
      expect(failures, dependency).toHaveLength(1);
      expect(failures[0].reason).toMatch(reason);
      found.push(`${dependency} ${failures[0].reason}`);
      server.signal('SIGTERM');
      expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
    }

    const modelled = await open({ bot: 'model' });
    const server = await modelled.start();
    modelled.model.respond(status(401));
    const { body, headers } = await server.user.send({ key: randomUUID() });
    expect(body.code).toBe('bot-misconfigured');
    const [line = ''] = await server.prints(/^.*"msg":"bot failed".*$/m);
    const requestId = headers.get('x-request-id');
    expect(JSON.parse(line)).toMatchObject({ requestId, model: 'm-1', reason: 'ModelError HTTP 401' });
    return found.join(', ');
  },
);
