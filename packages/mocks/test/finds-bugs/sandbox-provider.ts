import { startSandbox } from '../../src/node.ts';
import type { Provider } from './test-bed.ts';

/** Starts a new sandbox as the provider of one check. */
export async function startSandboxProvider(): Promise<Provider> {
  const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
  return { url, sandbox, close, administratorToken: sandbox.fixtures.administratorToken };
}
