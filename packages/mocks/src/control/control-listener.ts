import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type ControlApiParts, createControlApi } from './control-api.ts';

/** The control API for a server of `node:http`. */
export function controlListener(parts: ControlApiParts): RequestListener {
  return getRequestListener(createControlApi(parts).fetch, { overrideGlobalObjects: false });
}
