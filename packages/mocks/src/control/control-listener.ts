import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type ControlApiOptions, createControlApi } from './control-api.ts';

/** Creates the control API for a server of `node:http`. */
export function controlListener(options: ControlApiOptions): RequestListener {
  return getRequestListener(createControlApi(options).fetch, { overrideGlobalObjects: false });
}
