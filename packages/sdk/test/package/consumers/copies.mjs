import { createRequire } from 'node:module';
import { ApiError } from '@async-chatbot/sdk';

const commonjs = createRequire(import.meta.url)('@async-chatbot/sdk');
const error = await commonjs
  .createClient({ baseUrl: process.argv[2] })
  .users.me()
  .catch((thrown) => thrown);

console.log(JSON.stringify({ areCopies: commonjs.ApiError !== ApiError, isInstance: error instanceof ApiError }));
