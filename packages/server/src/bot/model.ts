import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { ModelSupport } from './model-support.ts';

/** A model at a provider. */
export interface Model {
  /** What its requests may contain before anything was refused. */
  readonly support: ModelSupport;
  /** Whether the adapter streams even where the provider does not. */
  readonly isAlwaysStreamed: boolean;
  /** The model of the AI SDK for requests with this support, sent by this `fetch`. */
  connect(support: ModelSupport, fetch: typeof globalThis.fetch): LanguageModelV4;
}
