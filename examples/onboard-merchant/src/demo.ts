import { runDemo } from './demo/run-demo.ts';

try {
  await runDemo(console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
