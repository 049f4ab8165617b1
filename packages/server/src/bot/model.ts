import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { ModelSupport } from './model-support.ts';

export interface Model {
  /** What requests contain until the provider rejects something. */
  readonly support: ModelSupport;
  /** Whether to request a stream from the AI SDK even if the provider does not stream. */
  readonly isAlwaysStreamed: boolean;
  /** Creates the AI SDK's model for requests with this support, sent with this `fetch`. */
  connect(support: ModelSupport, fetch: typeof globalThis.fetch): LanguageModelV4;
}
