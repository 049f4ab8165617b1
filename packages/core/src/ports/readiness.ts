import type { components } from '@async-chatbot/api-spec';

export type Dependency = components['schemas']['Dependency'];

/** Whether this server takes requests. */
export interface Readiness {
  /** From memory, without calling any dependency. */
  report(): { isReady: boolean; dependencies: Dependency[] };
}
