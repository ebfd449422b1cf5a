import { webhooksOf } from '../../../../openapi/generate/contract/operations.ts';
import { codeBlock } from '../markdown/code.ts';
import type { Page } from '../markdown/page.ts';
import { table } from '../markdown/table.ts';
import { contract, textOf } from './contract.ts';
import { bodyOf } from './describe-body.ts';
import { evidenceWords } from './evidence-words.ts';

/** A page for each event that the provider posts: the payload, and what to respond. */
export function createEventPages(): Page[] {
  return webhooksOf(contract).map(({ event, body, evidence }) => {
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

## What you respond

${table(['status', 'meaning'], responses)}

Register the URL with [registerCallbacks](/operations/registerCallbacks/). How to store, deduplicate and confirm a
callback: [Callbacks](/callbacks/).
`,
    };
  });
}
