import type { RouteFilter } from '../callback/route-filter.ts';
import { configuredRoutes, filterOf } from '../dispatch/configured-routes.ts';
import { handlerRoute } from '../dispatch/create-routes.ts';
import { RedeliveryError } from '../maintenance/redelivery-error.ts';
import { readRedelivery } from '../maintenance/redelivery-request.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Redelivery } from '../store/redeliver.ts';
import { type Command, type CommandCall, print } from './command.ts';
import { createDamagedReport } from './damaged-report.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

const routeSettings = ['FORWARD_URL', 'FORWARD_ORDER', 'ROUTES_FILE'] as const;

export const redeliver: Command = {
  summary: 'delivers stored callbacks to a route, again or for the first time',
  details: `
Without --state, delivers callbacks that were given up, and callbacks that arrived before the route existed. Events and
realms that the route does not take are left out. Give the settings of the server: the route has to be FORWARD_URL (forward)
or in ROUTES_FILE. For the handlers of a program, the route handler, give --event. The command only opens the deliveries. A
server that runs on PostgreSQL makes them within seconds. If a server is running on the SQLite file, call POST /redeliver on
its admin port instead. A callback whose row is damaged is named and left out, and the command then exits with 1.`,
  options: {
    route: { type: 'string', help: 'name of the route, such as handler or forward (required)' },
    state: { type: 'string', help: 'dead, missing, taken or overtaken; several with commas (dead,missing)' },
    id: { type: 'string', help: 'only the callback with this id' },
    merchant: { type: 'string', help: 'only the callbacks of this merchant' },
    event: { type: 'string', help: 'only the callbacks of this event' },
    since: { type: 'string', help: 'only callbacks received at this time or later, in ISO 8601' },
    until: { type: 'string', help: 'only callbacks received before this time, in ISO 8601' },
    'dry-run': { type: 'boolean', help: 'only counts the callbacks' },
  },
  settings: [...storeSettings, ...routeSettings],
  run: (call) => {
    const { 'dry-run': dryRun, merchant, ...others } = call.options;
    const texts = { ...others, merchantId: merchant, dryRun: String(dryRun ?? false) };
    const request = readRequest(texts as Readonly<Record<string, string | undefined>>);
    const filter = readFilter(request, call);
    return withMaintenance(call, 'existing', async (maintenance, actor) => {
      const { onDamaged, exitCode } = createDamagedReport();
      const counts = await maintenance.redeliver(request, filter, actor, onDamaged);
      const { dead, missing, taken, overtaken } = counts;
      const { id, merchantId } = request;
      if ((id ?? merchantId) !== undefined && !Object.values(counts).some((count) => count > 0))
        throw new Error(
          'No such callback has a delivery to the route in these states. Check --id, --merchant and --state.',
        );
      const verb = dryRun ? 'Would deliver' : 'Delivers';
      print(
        `${verb}: ${dead} dead, ${missing} missing, ${taken} taken and ${overtaken} overtaken deliveries.\n`,
      );
      return exitCode();
    });
  },
};

/** @throws RedeliveryError naming the first option that is missing or invalid. */
function readRequest(texts: Readonly<Record<string, string | undefined>>): Redelivery {
  try {
    return readRedelivery(texts);
  } catch (error) {
    if (!(error instanceof RedeliveryError)) throw error;
    throw new RedeliveryError(`--${error.message.replace(/^merchantId/, 'merchant')}`);
  }
}

/**
 * Reads from the settings what the route takes.
 *
 * @throws Error if the settings do not contain the route.
 */
function readFilter({ route, event }: Redelivery, { environment }: CommandCall): RouteFilter {
  if (route === handlerRoute) {
    if (event !== undefined) return { takesEvent: () => true };
    throw new Error('--event is required: only the program with the handlers knows which events they take.');
  }
  const values = readSettings(environment, routeSettings);
  const { FORWARD_URL: forwardUrl, FORWARD_ORDER: forwardOrder, ROUTES_FILE: routes } = values;
  const configured = configuredRoutes({ forwardUrl, forwardOrder, routes });
  const found = configured.find(({ name }) => name === route);
  if (found) return filterOf(found);
  const names = configured.map(({ name }) => name).join(', ') || 'none';
  throw new Error(
    `--route: FORWARD_URL and ROUTES_FILE give no route "${route}". Their routes: ${names}. Give the settings of the server.`,
  );
}
