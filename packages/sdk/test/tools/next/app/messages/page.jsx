import { createClient } from '@async-chatbot/sdk';

// biome-ignore lint/style/noDefaultExport: Next.js requires a default export.
export default async function Messages() {
  const client = createClient({ baseUrl: process.env.API_URL, token: process.env.API_TOKEN });
  const { messages } = await client.messages.list();
  return <main>{messages.map(({ content }) => content).join(', ')}</main>;
}
