import type { PortableCheck } from './checks/check.ts';
import { decisionChecks } from './checks/decisions.ts';
import { failureChecks } from './checks/failures.ts';
import { guardChecks } from './checks/guards.ts';
import { loginChecks } from './checks/login.ts';
import { openApiClientChecks } from './checks/open-api-client.ts';
import { operationChecks } from './checks/operations.ts';
import { privacyChecks } from './checks/privacy.ts';
import { retryChecks } from './checks/retries.ts';

/** Rules of the client in every runtime. */
export const checks: readonly PortableCheck[] = [
  ...operationChecks,
  ...openApiClientChecks,
  ...loginChecks,
  ...failureChecks,
  ...retryChecks,
  ...decisionChecks,
  ...guardChecks,
  ...privacyChecks,
];
