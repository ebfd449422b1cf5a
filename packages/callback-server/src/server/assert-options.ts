import { createFactorChecks } from '../access/check-factors.ts';
import { isUrlOfThisMachine, problemOfAdminUrl } from '../access/own-url.ts';
import { assertAdminAccess } from '../admin/admin-guard.ts';
import { routeOrders } from '../callback/route-order.ts';
import { problemOfSigningSecret, problemOfUrl } from '../dispatch/forward-target.ts';
import { parseRoutes } from '../dispatch/parse-routes.ts';
import { problemOfUsers } from '../inbox/access/inbox-user.ts';
import { problemsOfNotify } from '../notify/notify-options.ts';
import { problemOfMasterKeys } from '../store/encryption/master-keys.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';
import { delayLimits, type Limits, notifyLimits, optionLimits, retentionLimits } from './option-limits.ts';
import { unknownOption } from './option-names.ts';

/** @throws TypeError for options that admit too many or nobody, or with which the server could not work. */
export function assertOptions(options: CallbackServerOptions): void {
  const {
    forwardUrl,
    forwardSecret,
    masterKeys,
    routes,
    deliveryDelaysMs = [],
    retention = {},
    notify = {},
  } = options;
  const unknown = unknownOption(options);
  if (unknown !== undefined) throw new TypeError(`${unknown} is no option of createCallbackServer.`);
  assertAdminAccess(options.adminHost ?? '127.0.0.1', options.adminTokens ?? []);
  assertInboxAccess(options);
  createFactorChecks(options);
  assertOption('forwardUrl', forwardUrl === undefined ? undefined : problemOfUrl(forwardUrl));
  assertOption(
    'forwardSecret',
    forwardSecret === undefined ? undefined : problemOfSigningSecret(forwardSecret),
  );
  for (const name of ['forwardOrder', 'handlerOrder'] as const) {
    const order = options[name];
    assertOption(
      name,
      order && !routeOrders.includes(order) ? `must be ${routeOrders.join(', ')}.` : undefined,
    );
  }
  assertOption('masterKeys', masterKeys && problemOfMasterKeys(masterKeys));
  if (routes) assertRoutes(routes);
  assertNumbers(options, optionLimits, '');
  for (const [name, problem] of problemsOfNotify(notify)) assertOption(`notify.${name}`, problem);
  assertNumbers(notify, notifyLimits, 'notify.');
  assertNumbers(retention, retentionLimits, 'retention.');
  const { confirm = 'never', confirmDelaysMs = [], provider } = options;
  assertOption(
    'provider',
    provider === undefined || typeof provider === 'function'
      ? undefined
      : 'must be a function that returns a client.',
  );
  assertOption(
    'confirm',
    provider || confirm === 'never' ? undefined : 'requires a provider, which pulls merchants.',
  );
  for (const delay of confirmDelaysMs) assertNumber('confirmDelaysMs', delay, delayLimits);
  for (const delay of deliveryDelaysMs) assertNumber('deliveryDelaysMs', delay, delayLimits);
}

function assertInboxAccess({ adminUrl, inboxUsers, adminTokens = [] }: CallbackServerOptions): void {
  assertOption('adminUrl', adminUrl === undefined ? undefined : problemOfAdminUrl(adminUrl));
  assertOption('inboxUsers', inboxUsers && problemOfUsers(inboxUsers));
  const isPrivate = inboxUsers !== undefined || adminTokens.length > 0 || isUrlOfThisMachine(adminUrl);
  assertOption(
    'adminUrl',
    isPrivate
      ? undefined
      : 'requires inboxUsers or adminTokens, because people reach the inbox from other machines.',
  );
}

/** Checks the routes of a program by the rules of a routes file: the compiler of the program checks only types. */
function assertRoutes(routes: CallbackServerOptions['routes']): void {
  try {
    parseRoutes(routes);
  } catch (error) {
    throw new TypeError(`routes: ${error instanceof Error ? error.message : 'are invalid.'}`, {
      cause: error,
    });
  }
}

function assertNumbers(values: object, limits: Readonly<Record<string, Limits>>, prefix: string): void {
  for (const [name, limit] of Object.entries(limits))
    assertNumber(`${prefix}${name}`, Reflect.get(values, name), limit);
}

function assertNumber(option: string, value: unknown, [min, max]: Limits): void {
  if (value === undefined || (Number.isInteger(value) && Number(value) >= min && Number(value) <= max))
    return;
  assertOption(option, `must be a whole number from ${min} to ${max}.`);
}

function assertOption(option: string, problem: string | undefined): void {
  if (problem) throw new TypeError(`${option} ${problem}`);
}
