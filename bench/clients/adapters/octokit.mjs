import { Octokit, RequestError } from 'octokit';

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
const issues = { owner: 'ada', repo: 'engine' };

export const errorClasses = () => ({ any: RequestError, missing: RequestError, tooMany: RequestError });
export const requestIdHeader = 'x-github-request-id';
export const create = (baseUrl) => new Octokit({ baseUrl, log });
export const read = (client, request) => client.rest.issues.get({ ...issues, issue_number: 1, request });
export const write = (client) => client.rest.issues.create({ ...issues, title: 'Hello' });
export const list = async function* (client) {
  for await (const { data } of client.paginate.iterator(client.rest.issues.listForRepo, issues)) yield* data;
};
export const page = (ids, next) => ({
  body: ids.map((id) => ({ id })),
  headers: next === undefined ? {} : { link: `<${next}>; rel="next"` },
});
