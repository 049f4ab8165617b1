import { it } from 'vitest';
import { growth } from './figures.ts';
import { checkInvariants } from './invariants.ts';
import { openProduct, type Product, type WarmServer } from './product.ts';

/** A row of docs/reliability.md. */
export interface Row {
  id: string;
  fault: string;
  criterion: string;
  measured: string;
}

declare module 'vitest' {
  interface TaskMeta {
    row?: Row;
  }
}

export type Open = (options?: Parameters<typeof openProduct>[0]) => Promise<Product>;

/**
 * A test that causes a fault, checks the criterion and returns what it measured. Then it checks the invariants.
 */
export function faultRow(
  id: string,
  { fault, criterion }: Pick<Row, 'fault' | 'criterion'>,
  scenario: (open: Open) => Promise<string>,
): void {
  it(`${id}: ${fault}`, async ({ task }) => {
    const products: Product[] = [];
    const measured = await scenario(async (options = {}) => {
      const product = await openProduct(options);
      products.push(product);
      return product;
    });
    for (const product of products) await checkInvariants(product);
    const changes = await Promise.all(products.flatMap(({ servers }) => servers.map(memoryChange)));
    const memory = changes.filter(Boolean).join(', ');
    task.meta.row = { id, fault, criterion, measured: measured + (memory && `; memory ${memory}`) };
    console.log(`${id}: ${task.meta.row.measured}`);
  });
}

/** How much more memory a server holds than when it was idle before the fault. */
async function memoryChange(server: WarmServer): Promise<string | undefined> {
  if (!server.isAlive()) return undefined;
  return growth((await server.vitals()).liveBytes - server.idle.liveBytes);
}
