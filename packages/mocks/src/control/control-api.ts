import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono, type HonoRequest } from 'hono';
import { BackOfficeError } from '../core/back-office/decide.ts';
import { FaultError } from '../core/faults/assert-fault.ts';
import { OptionError } from '../core/model/assert-options.ts';
import { ScenarioError } from '../core/scenario/scenario-error.ts';
import { type Sandboxes, SandboxesError } from '../sandbox/sandboxes.ts';
import { backOfficeRoutes } from './back-office-routes.ts';
import { callbackRoutes } from './callback-routes.ts';
import { isRead, rejectForeignOrigin, rejectUnauthorized } from './guard.ts';
import { journalRoutes } from './journal-routes.ts';
import { pagePaths, pageRoutes } from './page-routes.ts';
import { ControlProblem, problem } from './problem.ts';
import { findSandbox, type SandboxEnv } from './read-input.ts';
import { clockRoutes, faultRoutes, stateRoutes } from './sandbox-routes.ts';
import { serverRoutes } from './server-routes.ts';

export interface ControlApiOptions {
  /** Paths without a sandbox id address the first of these sandboxes, the default sandbox. */
  readonly sandboxes: Sandboxes;
  readonly controlToken: string;
  /** Address of the provider's API. */
  readonly apiUrl: string;
  /**
   * Whether only this machine reaches the control API.
   * @default true
   */
  readonly isLocal?: boolean;
}

/** Creates the API and the back-office page that control a running sandbox. The API masks personal data. */
export function createControlApi(options: ControlApiOptions): Hono {
  const { sandboxes, apiUrl } = options;
  const api = new Hono();
  api.use(async (context, next) => {
    const rejection = reject(context.req, options);
    if (rejection) context.res = rejection;
    else await next();
    context.res.headers.set('sandbox', 'true');
    context.res.headers.set('cache-control', 'no-store');
  });
  pageRoutes(api);
  serverRoutes(api, sandboxes, apiUrl);
  const perSandbox = sandboxApi(sandboxes);
  api.route('/s/:sandboxId', perSandbox);
  api.route('/', perSandbox);
  api.notFound(() =>
    problem(404, 'Unknown path or method. See control-api/openapi.yaml for the operations.'),
  );
  api.onError(explain);
  return api;
}

export function createControlListener(options: ControlApiOptions): RequestListener {
  return getRequestListener(createControlApi(options).fetch, { overrideGlobalObjects: false });
}

/** The page and the health check contain no data, so they require no token. Every other path requires the token. */
function reject(
  { method, path, raw }: HonoRequest,
  { controlToken, isLocal = true }: ControlApiOptions,
): Response | undefined {
  const isOpen = isRead(method) && [...pagePaths, '/health'].includes(path);
  return rejectForeignOrigin(raw, isLocal) ?? (isOpen ? undefined : rejectUnauthorized(raw, controlToken));
}

/** The operations on one sandbox: the sandbox whose id is in the path, or else the default sandbox. */
function sandboxApi(sandboxes: Sandboxes): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>();
  api.use(async (context, next) => {
    context.set('sandbox', findSandbox(sandboxes, context.req.param('sandboxId')));
    await next();
  });
  const all = [stateRoutes, clockRoutes, faultRoutes, backOfficeRoutes, callbackRoutes, journalRoutes];
  for (const addRoutes of all) addRoutes(api);
  return api;
}

/** Whether the caller sent something wrong. A RangeError means that a value is outside its range. */
function isMistake(error: Error): boolean {
  return [FaultError, OptionError, RangeError, ScenarioError].some((kind) => error instanceof kind);
}

function explain(error: Error): Response {
  if (error instanceof ControlProblem || error instanceof BackOfficeError)
    return problem(error.status, error.message);
  if (error instanceof SandboxesError) return problem(409, error.message);
  if (isMistake(error)) return problem(400, error.message);
  console.error('The control API has a bug. Please report it.', error);
  return problem(500, 'The control API has a bug. See its log.');
}
