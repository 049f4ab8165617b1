import { fieldsOf } from './conversion.ts';
import type { Response } from './transport.ts';

/** An error of DynamoDB. Its name is the error's code, as in the AWS SDK. */
export interface DynamoError extends Error {
  status: number;
  headers: Response['headers'];
}

/** The error that a response describes, with its other fields, such as the `Item` of a failed condition. */
export function errorOf({ status, headers, body }: Response): DynamoError {
  return Object.assign(described(body.toString()), { status, headers });
}

function described(body: string): Error {
  try {
    const { __type: type = 'Unknown', message, Message = message, ...fields } = fieldsOf(body);
    const name = String(type).replace(/^.*#|:.*$/g, '');
    return Object.assign(new Error(String(Message ?? 'UnknownError')), fields, { name });
  } catch (cause) {
    // Proxies respond with errors that are not JSON.
    return new SyntaxError('The response is not JSON', { cause });
  }
}
