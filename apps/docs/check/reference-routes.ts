import contract from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import { operations } from '@partner-ecosystem/openapi/operations';
import type { Page } from './page-checks.ts';

/** Routes of the reference: the overview, each group, each operation. */
export function referenceRoutes(): string[] {
  const groups = contract.tags.map(({ name }) => `#/${name.toLowerCase()}`);
  return ['#/', ...groups, ...Object.keys(operations).map((operationId) => operationRoute(operationId))];
}

export function operationRoute(operationId: string): string {
  const paths: Readonly<
    Record<string, Readonly<Record<string, { operationId: string; tags: readonly string[] }>>>
  > = contract.paths;
  const all = Object.values(paths).flatMap((path) => Object.values(path));
  const tag = all.find((operation) => operation.operationId === operationId)?.tags[0] ?? '';
  return `#/${tag.toLowerCase()}/${operationId.toLowerCase()}`;
}

/** Waits until the reference has rendered: its search has loaded its index by then. */
export async function waitForReference(page: Page): Promise<void> {
  await page.locator('[data-testid="search-trigger"][role="button"]').waitFor({ state: 'attached' });
  await page.getByText('Loading...', { exact: true }).waitFor({ state: 'hidden' });
}
