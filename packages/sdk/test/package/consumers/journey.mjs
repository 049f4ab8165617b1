/** What anybody does with a client, and what came of it, as JSON can tell it. */
export async function journey({ ApiError, createClient }, baseUrl) {
  const caches = new Set();
  const noted = (request, next) => {
    caches.add(request.cache ?? 'not said');
    return next(request);
  };
  const client = createClient({ baseUrl, middleware: [noted] });
  const refusal = await client.users.me().catch((error) => error);
  await client.users.login({ email: 'ada@example.com', password: 'Password123' });
  const { bot_response } = await client.messages.send({ content: 'Hello!' });
  return {
    isApiError: refusal instanceof ApiError,
    isError: refusal instanceof Error,
    code: refusal.code,
    email: (await client.users.me()).email,
    answer: bot_response.content,
    streamed: await client.messages.stream({ content: 'Hello!' }).text(),
    caches: [...caches],
  };
}
