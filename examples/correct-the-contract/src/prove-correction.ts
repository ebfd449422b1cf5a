import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { command } from './project.ts';

/** The parts of the kit that a correction has to reach. */
export const roomNames = ['contract', 'types', 'client', 'sandbox', 'receiver', 'docs', 'check'] as const;

/** `works`, `refused`, or what went wrong, for each part. */
export type Proof = Readonly<Record<(typeof roomNames)[number], string>>;

const compiler = 'node_modules/typescript/bin/tsc';

/** Applies a correction in a project, and runs a program that checks each part of the kit. */
export async function proveCorrection(project: string, name: string): Promise<Proof> {
  const overlay = `corrections/${name}/my.overlay.yaml`;
  const applied = await run(project, [command, 'apply', overlay]);
  if (applied.failed) {
    // A refusal has the JSON pointer of each part that the kit cannot follow.
    const [, pointer] = /\n(\/\S+): /.exec(applied.output) ?? [];
    return everywhere(pointer ? `refused: ${pointer}` : applied.output);
  }
  await writeFile(join(project, 'program.ts'), programOf(name));
  const typed = await run(project, [compiler, '-p', '.']);
  const ran = await run(project, ['program.ts']);
  const found = ran.failed ? everywhere(ran.output) : (JSON.parse(ran.output) as Proof);
  const checked = await run(project, [command, 'check', 'recorded.har']);
  return { ...found, types: resultOf(typed), check: resultOf(checked) };
}

function resultOf({ failed, output }: { failed: boolean; output: string }): string {
  return failed ? output : 'works';
}

function everywhere(result: string): Proof {
  return Object.fromEntries(roomNames.map((room) => [room, result])) as Proof;
}

/** The program that runs in the project, and prints what each part does. */
function programOf(name: string): string {
  return `import { writeFileSync } from 'node:fs';
import { createErrorPages } from './site/apps/docs/src/contract/error-pages.ts';
import { createEventPages } from './site/apps/docs/src/contract/event-pages.ts';
import { createOperationPages } from './site/apps/docs/src/contract/operation-pages.ts';
import { recorded } from './corrections/journey.ts';
import { rooms } from './corrections/${name}/rooms.ts';

const { docs: [slug, text], ...checks } = rooms;
const results: Record<string, string> = {};
for (const [room, check] of Object.entries(checks)) {
  try {
    await check();
    results[room] = 'works';
  } catch (error) {
    results[room] = String(error);
  }
}
const pages = [...(await createOperationPages()), ...(await createEventPages()), ...(await createErrorPages())];
const page = pages.find((each) => each.slug === slug);
results['docs'] = page?.body.includes(text) ? 'works' : \`the page \${slug} lacks \${text}\`;
writeFileSync('recorded.har', JSON.stringify({ log: { entries: recorded } }));
console.log(JSON.stringify(results));
`;
}

async function run(cwd: string, args: readonly string[]): Promise<{ failed: boolean; output: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [...args], { cwd });
    return { failed: false, output: stdout };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { failed: true, output: `${stdout}${stderr}`.trim() };
  }
}
