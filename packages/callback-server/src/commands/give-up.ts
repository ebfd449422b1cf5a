import { confirmRoute } from '../callback/confirmation.ts';
import { configuredRoutes } from '../dispatch/configured-routes.ts';
import { redeliveryParameters } from '../maintenance/redelivery-request.ts';
import { readSettings } from '../settings/read-settings.ts';
import { type Command, print } from './command.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

const routeSettings = ['FORWARD_URL', 'ROUTES_FILE'] as const;

export const giveUp: Command = {
  summary: 'gives up the open deliveries of a route that is gone for good, or the delivery of one callback',
  details: `
No server tries the deliveries of a removed route, and purge leaves their callbacks alone. Afterwards these deliveries are
dead, so redeliver can open them again, and purge drops their callbacks in time. Refuses a route in FORWARD_URL or
ROUTES_FILE, unless --id names one callback: remove the route first, on every server. If a server is running on the SQLite
file, call POST /give-up on its admin port instead.`,
  options: {
    route: { type: 'string', help: 'name of the route (required)' },
    id: { type: 'string', help: 'id of a callback: only its delivery is given up' },
    'dry-run': { type: 'boolean', help: 'only counts the deliveries' },
  },
  settings: [...storeSettings, ...routeSettings],
  run: (call) => {
    const { route, id, 'dry-run': dryRun = false } = call.options;
    if (typeof route !== 'string') throw new Error('--route is required. Give the name of a route.');
    if (route === confirmRoute)
      throw new Error(
        '--route: callbacks that wait for their confirmation are not given up. Mend the pulls, or set UNCONFIRMED.',
      );
    const { FORWARD_URL: forwardUrl, ROUTES_FILE: routes } = readSettings(call.environment, routeSettings);
    const problem = typeof id === 'string' ? redeliveryParameters.id(id) : undefined;
    if (problem) throw new Error(`--id ${problem}`);
    const ids = typeof id === 'string' && { ids: [id] };
    if (!ids && configuredRoutes({ forwardUrl, routes }).some(({ name }) => name === route))
      throw new Error(
        `--route: FORWARD_URL or ROUTES_FILE still has the route "${route}". Remove it there first, on every server.`,
      );
    return withMaintenance(call, 'existing', async (maintenance, actor) => {
      const count = await maintenance.giveUp({ route, ...ids, dryRun: dryRun === true }, actor);
      return print(`${dryRun ? 'Would give up' : 'Gave up'}: ${count} deliveries.\n`);
    });
  },
};
