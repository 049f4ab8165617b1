import type { Response } from './transport.ts';

/** An error of DynamoDB. Its name is the error's code, as in the AWS SDK. */
export interface DynamoError extends Error {
  status: number;
  headers: Response['headers'];
}

/** The error that a response describes, with its other fields, such as the `Item` of a failed condition. */
export function errorOf({ status, headers, body }: Response): DynamoError {
  const { __type: type = 'Unknown', message, Message = message, ...fields } = fieldsOf(body);
  const name = String(type).replace(/^.*#|:.*$/g, '');
  return Object.assign(new Error(String(Message ?? 'UnknownError')), fields, { name, status, headers });
}

/** Proxies and load balancers respond with errors that are not JSON. */
function fieldsOf(body: Buffer): Record<string, unknown> {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}
