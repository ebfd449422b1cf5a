import type { Context, Hono } from 'hono';
import { hasProperties } from '../core/json/json-value.ts';
import { harOf } from './har.ts';
import { readQuery } from './read-input.ts';
import type { SandboxEnv } from './sandbox-env.ts';

/** The routes of the journal and the coverage of the contract. */
export function journalRoutes(api: Hono<SandboxEnv>): void {
  api.get('/journal', (context) => context.json(selectEntries(context, 'listJournal')));
  api.get('/journal/har', (context) => context.json(harOf(selectEntries(context, 'exportHar'))));
  api.get('/coverage', (context) => context.json(context.var.sandbox.coverage()));
}

function selectEntries(context: Context<SandboxEnv>, operationId: 'listJournal' | 'exportHar') {
  const { limit = 100, ...filter } = readQuery(context, operationId);
  const entries = context.var.sandbox.journal();
  return entries.filter((entry) => hasProperties(entry, filter)).slice(-limit);
}
