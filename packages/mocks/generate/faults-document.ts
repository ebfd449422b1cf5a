import { writeFile } from 'node:fs/promises';
import { transports } from '../src/core/model/transmission.ts';
import { behaviours, callbackFaultKinds, requestFaultKinds } from '../src/index.ts';

/** The file that lists all kinds of faults. */
export const faultsDocument: URL = new URL('../FAULTS.md', import.meta.url);

/** Returns the text of the document, from the code's table of fault kinds. */
export function faultsText(): string {
  const requestRows = Object.entries(requestFaultKinds).map(([kind, { commits, shows, ...facts }]) => {
    const support = transports.map((transport) => (facts.transports.includes(transport) ? 'yes' : 'refused'));
    return [`\`${kind}\``, shows, commits, ...support, behaviours[facts.behaviour].fidelity];
  });
  const callbackRows = Object.entries(callbackFaultKinds).map(([kind, shows]) => [`\`${kind}\``, shows]);
  return `# Faults

\`npm run faults:document\` generates this file from the code. A test fails if this file is out of date.

## Faults of responses

The column *strikes* says when a fault strikes. \`before\`: the operation is not performed, and nothing changes. \`after\`:
the operation was performed. A transport that cannot express a fault refuses the fault, and the error names the
transports that can. The column *fidelity* says how the provider is known to behave like this.

${table(['kind', 'the caller sees', 'strikes', ...transports, 'fidelity'], requestRows)}

## Faults of callbacks

${table(['kind', 'the receiver sees'], callbackRows)}
`;
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

if (import.meta.main) await writeFile(faultsDocument, faultsText());
