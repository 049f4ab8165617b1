/** What a caller sees of the real server and of the mock, answer by answer: the same. */
import { type ProblemCode, problems } from '@async-chatbot/shared/problems';
import { describe, expect, it } from 'vitest';
import { confirmedAccounts, openAccounts } from './accounts.ts';
import { type Api, mockApi, realApi } from './apis.ts';
import { conversations } from './conversations.ts';
import { likeness } from './likeness.ts';
import { messages } from './messages.ts';
import type { Scenario } from './people.ts';
import { replies } from './replies.ts';
import { requests } from './requests.ts';
import { sessions } from './sessions.ts';

const open = [await realApi(), await mockApi()] as const;
const confirming = [await realApi('confirm'), await mockApi('confirm')] as const;
const seen = new Set<ProblemCode>();

async function same([real, mock]: readonly [Api, Api], play: Scenario): Promise<void> {
  const [expected, answered] = [await play(real), await play(mock)];
  expect(expected.length).toBeGreaterThan(0);
  expect(likeness(answered)).toEqual(likeness(expected));
  for (const { body } of expected) if (body?.code !== undefined) seen.add(body.code);
}

describe.each(Object.entries({ requests, openAccounts, sessions, messages, replies, conversations }))(
  '%s',
  (_name, scenarios) => {
    it.each(Object.entries(scenarios))('%s', { timeout: 60_000 }, (_title, play) => same(open, play));
  },
);

describe('confirmedAccounts', () => {
  it.each(Object.entries(confirmedAccounts))('%s', (_title, play) => same(confirming, play));
});

/** What depends on the world around a server, and the mock is told to say. */
const SCRIPTED: ProblemCode[] = [
  'challenge-required',
  'cross-site-request',
  'headers-too-large',
  'internal-error',
  'password-reset-required',
  'quota-exceeded',
  'rejected-by-policy',
  'request-timeout',
  'service-unavailable',
  'too-many-requests',
];

it('no other problem is left out', () => {
  expect([...seen].sort()).toEqual(Object.keys(problems).filter((code) => !SCRIPTED.includes(code as ProblemCode)));
});
