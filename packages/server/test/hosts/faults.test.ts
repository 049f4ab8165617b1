/** The mock server's faults are responses that the real server could send. */
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import { createMockServer } from '@async-chatbot/sdk/testing';
import { type ProblemCode, problems } from '@async-chatbot/shared/problems';
import { expect, it } from 'vitest';
import { codesOf } from '../support/checks/spec.ts';
import { connect } from '../support/requests/client.ts';
import { sampleRequest } from '../support/requests/sample-requests.ts';

const { fault, fetch, baseUrl } = createMockServer({ baseUrl: 'http://mock.test' });
const client = connect(baseUrl, fetch);

it.each(Object.keys(operations) as OperationId[])('%s', async (id) => {
  const documented = Object.keys(problems).filter((code) => codesOf(id).includes(code));
  expect(documented).toContain('validation-failed');
  // The cast: these are the keys of that object.
  for (const problem of documented as ProblemCode[]) {
    fault(id, { problem });
    // Fails unless the document allows the response, headers included.
    const { status, body } = await sampleRequest(id, client);
    expect([status, body.code]).toEqual([problems[problem].status, problem]);
  }
});
