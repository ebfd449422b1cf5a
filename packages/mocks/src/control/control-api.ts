import { Hono, type HonoRequest } from 'hono';
import { BackOfficeError } from '../core/back-office/back-office-error.ts';
import { FaultError } from '../core/faults/check-fault.ts';
import { type Sandboxes, SandboxesError } from '../sandbox/sandboxes.ts';
import { backOfficeRoutes } from './back-office-routes.ts';
import { callbackRoutes } from './callback-routes.ts';
import { ControlProblem } from './control-problem.ts';
import { refuseStranger, refuseUnauthorized } from './guard.ts';
import { journalRoutes } from './journal-routes.ts';
import { pagePaths, pageRoutes } from './page-routes.ts';
import { problem } from './problem.ts';
import type { SandboxEnv } from './sandbox-env.ts';
import { sandboxRoutes } from './sandbox-routes.ts';
import { findSandbox, serverRoutes } from './server-routes.ts';

/** What a control API is made of. */
export interface ControlApiParts {
  /** The first of them is the one that is meant where none is named. */
  readonly sandboxes: Sandboxes;
  readonly controlToken: string;
  /** Address of the provider's API. */
  readonly apiUrl: string;
}

/** What people and scripts steer a running sandbox with, and the page of the back office. Masks personal data. */
export function createControlApi({ sandboxes, controlToken, apiUrl }: ControlApiParts): Hono {
  const api = new Hono();
  api.use(async (context, next) => {
    const refusal = refuse(context.req, controlToken);
    if (refusal) context.res = refusal;
    else await next();
    context.res.headers.set('sandbox', 'true');
    context.res.headers.set('cache-control', 'no-store');
  });
  pageRoutes(api);
  serverRoutes(api, sandboxes, apiUrl);
  const one = sandboxApi(sandboxes);
  api.route('/s/:sandboxId', one);
  api.route('/', one);
  api.notFound(() => problem(404, 'There is nothing here; control-api/openapi.yaml says what there is.'));
  api.onError(explain);
  return api;
}

/** The page holds nothing, so that it needs no token; everything else does. */
function refuse({ method, path, raw }: HonoRequest, controlToken: string): Response | undefined {
  const isPage = method === 'GET' && pagePaths.includes(path);
  return refuseStranger(raw) ?? (isPage ? undefined : refuseUnauthorized(raw, controlToken));
}

/** The operations of one sandbox: of the one that the path names, or of the first. */
function sandboxApi(sandboxes: Sandboxes): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>();
  api.use(async (context, next) => {
    context.set('sandbox', findSandbox(sandboxes, context.req.param('sandboxId')));
    await next();
  });
  sandboxRoutes(api);
  backOfficeRoutes(api);
  callbackRoutes(api);
  journalRoutes(api);
  return api;
}

function explain(error: Error): Response {
  if (error instanceof ControlProblem || error instanceof BackOfficeError)
    return problem(error.status, error.message);
  if (error instanceof SandboxesError) return problem(409, error.message);
  // What is out of range for the sandbox was asked for by the caller.
  if (error instanceof FaultError || error instanceof RangeError) return problem(400, error.message);
  console.error('The control API has a bug, please report it.', error);
  return problem(500, 'The control API has a bug; its log says more.');
}
