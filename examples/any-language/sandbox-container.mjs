import { randomUUID } from 'node:crypto';
import { GenericContainer, Wait } from 'testcontainers';

/** Starts the sandbox in a container, with a partner that may use every flow. */
export async function startSandboxContainer() {
  const controlToken = randomUUID();
  const container = await new GenericContainer('partner-sandbox')
    .withEnvironment({ SANDBOX_CONTROL_TOKEN: controlToken })
    .withCommand([
      '--partner=example-broker:Not-a-real-password-1',
      '--allow-callback-host=host.testcontainers.internal',
    ])
    .withExposedPorts(4010, 4011)
    .withWaitStrategy(Wait.forHealthCheck())
    .start();
  const address = (port) => `http://${container.getHost()}:${container.getMappedPort(port)}`;
  return { url: address(4010), controlUrl: address(4011), controlToken, stop: () => container.stop() };
}
