import { createRequire } from 'node:module';
import { ApiError, createClient } from '@async-chatbot/sdk';

const [, , baseUrl] = process.argv;
const commonjs = createRequire(import.meta.url)('@async-chatbot/sdk');
const error = await commonjs
  .createClient({ baseUrl })
  .users.me()
  .catch((thrown) => thrown);

console.log(
  JSON.stringify({
    health: await createClient({ baseUrl }).health.get(),
    areCopies: commonjs.ApiError !== ApiError,
    isInstance: error instanceof ApiError,
  }),
);
