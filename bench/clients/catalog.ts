/** A client to look at; its adapter has its name. */
export interface CatalogEntry {
  name: string;
  title: string;
  /** What of the registry is installed, to the version. */
  registry?: string;
}

/** Ours, and those that people like to use. */
export const catalog: readonly CatalogEntry[] = [
  { name: 'ours', title: '@async-chatbot/sdk' },
  { name: 'openai', title: 'openai', registry: 'openai@7.57.0' },
  { name: 'anthropic', title: '@anthropic-ai/sdk', registry: '@anthropic-ai/sdk@1.14.0' },
  { name: 'stripe', title: 'stripe', registry: 'stripe@23.1.0' },
  { name: 'octokit', title: 'octokit', registry: 'octokit@5.0.5' },
  { name: 'hey-api', title: '@hey-api/openapi-ts' },
  { name: 'openapi-fetch', title: 'openapi-fetch', registry: 'openapi-fetch@0.17.0' },
];
