import { createFactorChecks } from '../access/check-factors.ts';
import { assertAdminAccess } from '../admin/admin-guard.ts';
import { problemOfSigningSecret, problemOfUrl } from '../dispatch/forward-target.ts';
import { maxQueued } from '../store/engine/commit-queue.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';

/** @throws TypeError for options that admit too many or nobody, or with which the server could not work. */
export function assertOptions(options: CallbackServerOptions): void {
  const { forwardUrl, forwardSecret, routes = [], maxBodyBytes = 0 } = options;
  assertAdminAccess(options.adminHost ?? '127.0.0.1', options.adminTokens ?? []);
  createFactorChecks(options);
  assertOption('forwardUrl', forwardUrl === undefined ? undefined : problemOfUrl(forwardUrl));
  assertOption(
    'forwardSecret',
    forwardSecret === undefined ? undefined : problemOfSigningSecret(forwardSecret),
  );
  for (const { name, url, secrets = [] } of routes) {
    assertOption(`routes, ${name}: url`, problemOfUrl(url));
    for (const secret of secrets) assertOption(`routes, ${name}: secrets`, problemOfSigningSecret(secret));
  }
  assertOption(
    'maxBodyBytes',
    maxBodyBytes > maxQueued.bytes ? `must be ${maxQueued.bytes} at most.` : undefined,
  );
}

function assertOption(option: string, problem: string | undefined): void {
  if (problem) throw new TypeError(`${option} ${problem}`);
}
