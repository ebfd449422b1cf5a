import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** One module of everything that a runtime without a file system needs. */
export async function bundleModule(entry: URL): Promise<string> {
  await using bundle = await rolldown({ input: fileURLToPath(entry), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'esm' });
  const [{ code }, ...more] = output;
  if (more.length > 0) throw new Error(`${entry.pathname} was to be bundled as one module.`);
  return code;
}
