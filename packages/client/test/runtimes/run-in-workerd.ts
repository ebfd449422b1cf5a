import { bundleModule, serveInWorkerd } from '@partner-ecosystem/runtimes';
import type { Report } from './checked-runtime.ts';

/** Runs the checks in a worker. */
export async function runInWorkerd(executable: string, port: number): Promise<Report> {
  const code = await bundleModule(new URL('in-worker.ts', import.meta.url));
  await using worker = await serveInWorkerd(executable, code);
  const server = encodeURIComponent(`http://127.0.0.1:${port}`);
  const response = await fetch(`http://127.0.0.1:${worker.port}/?server=${server}`, {
    signal: AbortSignal.timeout(300_000),
  });
  if (!response.ok) throw new Error(`workerd answered ${response.status}.`);
  const outcomes = (await response.json()) as Report['outcomes'];
  return { outcomes, printed: await worker.end() };
}
