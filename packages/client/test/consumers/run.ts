import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compile, settings } from './compile.ts';
import { createConsumer } from './create-consumer.ts';
import { frameworks, runFrameworks } from './frameworks.ts';

// `npm run consumers`: compiles the consumer's project with every supported version of TypeScript, and runs the client in
// test runners, and in an application of Next.js.
const compilers = ['5.9', '6.0', '7.0'];

const here = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(`${here}node_modules`)) {
  console.log('Installing the compilers and frameworks, once.');
  await promisify(execFile)('npm', ['ci'], { cwd: here });
}

await using consumer = await createConsumer();
let failed = 0;
for (const compiler of compilers) {
  for (const [name, setting] of Object.entries(settings)) {
    const errors = await compile(consumer, `${here}node_modules/typescript-${compiler}/bin/tsc`, setting);
    console.log(
      `TypeScript ${compiler}, for ${name}: ${errors.length === 0 ? 'compiles' : errors.join('\n  ')}`,
    );
    if (errors.length > 0) failed++;
  }
}
failed += await runFrameworks();
const runs = compilers.length * Object.keys(settings).length + frameworks.length;
console.log(`${runs - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
