/** Runs the basic calls of a client and returns a report of their results as JSON. */
export async function journey({ ApiError, createClient }, baseUrl) {
  const caches = new Set();
  const recordCache = (request, next) => {
    caches.add(request.cache ?? 'unset');
    return next(request);
  };
  const client = createClient({ baseUrl, middleware: [recordCache] });
  const error = await client.users.me().catch((error) => error);
  await client.users.login({ email: 'ada@example.com', password: 'Password123' });
  const { bot_response } = await client.messages.send({ content: 'Hello!' });
  return {
    isApiError: error instanceof ApiError,
    isError: error instanceof Error,
    code: error.code,
    email: (await client.users.me()).email,
    reply: bot_response.content,
    streamed: await client.messages.stream({ content: 'Hello!' }).text(),
    caches: [...caches],
  };
}
