import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** One module of everything that a runtime without a file system needs. */
export async function bundleChecks(entry: 'in-page.ts' | 'in-worker.ts'): Promise<string> {
  const input = fileURLToPath(new URL(entry, import.meta.url));
  await using bundle = await rolldown({ input, platform: 'browser' });
  const { output } = await bundle.generate({ format: 'esm' });
  const [{ code }, ...more] = output;
  if (more.length > 0) throw new Error(`${entry} was to be bundled as one module.`);
  return code;
}
