import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { startSandbox } from '../../src/node.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a sandbox does not start in production or on a taken port', async () => {
  const running = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(running.close);
  const port = Number(new URL(running.url).port);
  await expect(startSandbox({ port, controlPort: 0 })).rejects.toThrow(`Port ${port} is in use`);
  await expect(startSandbox({ port: 0, controlPort: port })).rejects.toThrow(`Port ${port} is in use`);
  vi.stubEnv('NODE_ENV', 'production');
  await expect(startSandbox({ port: 0, controlPort: 0 })).rejects.toThrow('NODE_ENV=production');
});
