const known = ['SANDBOX_CONTROL_TOKEN', 'SANDBOX_CONTROL_URL'];

/** `SANDBOX_SEED` belongs to the entries for test runners. Kubernetes sets the others for a service called `sandbox`. */
const foreign = /^SANDBOX_(SEED$|SERVICE_(HOST|PORT)|PORT_\d)/;

/**
 * Refuses variables that begin as those of this command do: a misspelt variable would otherwise have no effect.
 *
 * @throws Error that names the variable, without its value.
 */
export function assertEnvironment(env: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(env)) {
    const isOurs = name.startsWith('SANDBOX_') && !known.includes(name) && !foreign.test(name);
    if (value && isOurs && !value.startsWith('tcp://'))
      throw new Error(
        `${name} is no variable of partner-sandbox. Use ${known.join(' or ')}, or rename the variable if another program needs it.`,
      );
  }
}
