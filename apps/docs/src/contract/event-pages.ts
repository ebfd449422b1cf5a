import { webhooksOf } from '../../../../openapi/generate/contract/operations.ts';
import { codeBlock } from '../markdown/code.ts';
import type { Page } from '../markdown/page.ts';
import { readFromRoot } from '../markdown/read-from-root.ts';
import { readRegion } from '../markdown/read-region.ts';
import { table } from '../markdown/table.ts';
import { contract, textOf } from './contract.ts';
import { bodyOf } from './describe-body.ts';
import { evidenceWords } from './evidence-words.ts';
import { eventRoute } from './reference-routes.ts';

/** A page for each event that the provider posts: the payload, and what to respond. */
export function createEventPages(): Promise<Page[]> {
  const pages = webhooksOf(contract).map(async ({ event, body, evidence }): Promise<Page> => {
    const { post } = contract.webhooks[event] ?? {};
    const source = post ?? {};
    const responses = Object.entries(post?.responses ?? {}).map(([status, response]) => [
      status,
      textOf(response, 'description'),
    ]);
    return {
      slug: `events/${event}`,
      title: event,
      description: `${textOf(source, 'summary')}: the callback that the provider posts, its payload, and what to respond.`,
      body: `
**${textOf(source, 'summary')}**

${codeBlock('http', `POST {the URL that you registered for ${event}}`)}

${textOf(source, 'description')}

**Evidence:** ${evidenceWords(evidence)} [What this means](/trust/)

## Payload

${bodyOf(body)}

## Samples

${await samplesOf(event)}

## What you respond

${table(['status', 'meaning'], responses)}

Register the URL with [registerCallbacks](/operations/registerCallbacks/). The
[reference](/reference/${eventRoute(event)}) shows the same event.
[Callbacks](/callbacks/) says how to store, deduplicate and confirm a callback.
`,
    };
  });
  return Promise.all(pages);
}

/** Programs that receive an event. */
const samples = [
  ['Python, with the standard library', 'py', 'examples/any-language/onboard.py#receive'],
  ['curl, with a sandbox', 'sh', 'examples/any-language/onboard.sh#events'],
] as const;

/** Samples that take an event. Each is a part of a program that the tests run. */
async function samplesOf(event: string): Promise<string> {
  const handler = event === 'pending' ? 'record-once' : 'confirm-by-pull';
  const all = [
    ['TypeScript, with the callback server', 'ts', `examples/guides/src/callbacks/${handler}.ts`] as const,
    ...samples,
  ];
  const blocks = all.map(
    async ([title, syntax, region]) =>
      `### ${title}\n\n${codeBlock(syntax, await readRegion(region, readFromRoot))}`,
  );
  return [
    'A shell cannot listen for callbacks, so its sample asks the control API of a sandbox for the events. The whole programs:\n[Other languages](/other-languages/).',
    ...(await Promise.all(blocks)),
  ].join('\n\n');
}
