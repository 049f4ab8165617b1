/** The part of `testcontainers` that is used. The package is not installed in the workspace. */
export interface Testcontainers {
  GenericContainer: new (image: string) => Container;
  Wait: { forHttp: (path: string, port: number) => { forStatusCode: (status: number) => WaitStrategy } };
}

interface Container {
  withEnvironment: (environment: Record<string, string>) => Container;
  withExposedPorts: (port: number) => Container;
  withWaitStrategy: (strategy: WaitStrategy) => Container;
  withStartupTimeout: (milliseconds: number) => Container;
  withAutoCleanup: (autoCleanup: boolean) => Container;
  start: () => Promise<StartedContainer>;
}

type WaitStrategy = object;

interface StartedContainer {
  getHost: () => string;
  getMappedPort: (port: number) => number;
  stop: () => Promise<unknown>;
}
