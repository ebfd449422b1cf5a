import { parseRoutes } from '../dispatch/parse-routes.ts';
import type { RouteOptions } from '../dispatch/queue-route.ts';
import { readSettingFile } from './read-setting-file.ts';

/**
 * Reads the routes from a JSON file: a list of objects.
 *
 * @throws Error naming the first property that is invalid. It quotes no value, because a value may be a secret.
 */
export function routesFile(path: string): readonly RouteOptions[] {
  const routes = parseJson(readSettingFile(path));
  if (!Array.isArray(routes)) throw new Error('must be the path of a file with a JSON list of routes.');
  return parseRoutes(routes);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('must be the path of a file with JSON.');
  }
}
