import { findFreePorts } from '@partner-ecosystem/testing/find-free-ports';

const usualPorts = ['4010', '4011', '4012', '4020', '4021'] as const;

/** For each usual port, a port that no program uses. */
export async function freePorts(): Promise<ReadonlyMap<string, number>> {
  const ports = await findFreePorts(usualPorts.length);
  return new Map(usualPorts.map((usual, index) => [usual, ports[index] ?? 0]));
}
