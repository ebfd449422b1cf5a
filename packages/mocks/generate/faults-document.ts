import { readFile, writeFile } from 'node:fs/promises';
import { transports } from '../src/core/model/transport.ts';
import { behaviours, callbackFaultKinds, requestFaultKinds } from '../src/index.ts';

/** The page about faults, made from what the code knows of them. */
export const faultsDocument: URL = new URL('../FAULTS.md', import.meta.url);

const requestRows = Object.entries(requestFaultKinds).map(([kind, { commits, shows, ...facts }]) => {
  const able = transports.map((transport) => (facts.transports.includes(transport) ? 'yes' : 'refused'));
  return [`\`${kind}\``, shows, commits, ...able, behaviours[facts.behaviour].fidelity];
});
const callbackRows = Object.entries(callbackFaultKinds).map(([kind, shows]) => [`\`${kind}\``, shows]);

/** What the page must say. */
export const faultsText: string = `# Faults

Made from the code by \`npm run faults:document\`; a test holds it to it.

## Of answers

\`before\`: it strikes before the operation is performed, and nothing has changed. \`after\`: the operation was performed.
A transport that cannot break so refuses the fault, and names those that can. The last column says how the provider is
known to do this.

${table(['kind', 'the caller sees', 'strikes', ...transports, 'fidelity'], requestRows)}

## Of callbacks

${table(['kind', 'the receiver sees'], callbackRows)}
`;

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

if (import.meta.main) await writeFile(faultsDocument, faultsText);

/** What the page says. */
export function readFaultsDocument(): Promise<string> {
  return readFile(faultsDocument, 'utf8');
}
