import { basename } from 'node:path';
import { operations } from '@partner-ecosystem/openapi/operations';
import { operationsOf, webhooksOf } from '../../../../openapi/generate/contract/operations.ts';
import { code } from '../markdown/code.ts';
import type { Page } from '../markdown/page.ts';
import { table } from '../markdown/table.ts';
import { readWorkflowFiles } from '../workflows/read-workflow-files.ts';
import { contract, textOf } from './contract.ts';

/** The page that lists every operation and every event. */
export async function createOperationsPage(): Promise<Page> {
  const workflows = await readWorkflowFiles();
  const operationRows = operationsOf(contract).map(({ operationId, method, path, evidence }) => [
    `[${operationId}](/operations/${operationId}/)`,
    code(`${method.toUpperCase()} ${path}`),
    textOf(contract.paths[path]?.[method] ?? {}, 'summary'),
    evidence.evidence,
  ]);
  const eventRows = webhooksOf(contract).map(({ event, evidence }) => [
    `[${event}](/events/${event}/)`,
    textOf(contract.webhooks[event]?.post ?? {}, 'summary'),
    evidence.evidence,
  ]);
  return {
    slug: 'operations',
    title: 'Operations and events',
    description: `The ${Object.keys(operations).length} operations of the API, and the callbacks that the provider posts.`,
    body: `
Each page holds request, response, errors and samples, and needs no JavaScript. To search for a property, use the
[reference](/reference/).

## Operations

${table(['operation', 'request', 'purpose', 'evidence'], operationRows)}

## Events

${table(['event', 'meaning', 'evidence'], eventRows)}

## Downloads

- [openapi.json](/openapi.json): the contract, OpenAPI 3.1.
- [control-api.yaml](/control-api.yaml): the sandbox's control API, which the workflows use.

Workflows, Arazzo 1.0. Each workflow names the OpenAPI descriptions that it needs, by their places on this site:

${workflows.map(({ path, summary }) => `- [${basename(path)}](/${path}): ${summary}`).join('\n')}
`,
  };
}
