const known = ['SANDBOX_CONTROL_TOKEN', 'SANDBOX_CONTROL_URL'];

/** Names that probably mean a variable of ours. Other programs have variables that begin with SANDBOX_ too. */
const meantForUs = /^SANDBOX_(CONTROL|TOKEN|PORT$|HOST$)/;

/**
 * Refuses misspelt variables of this command. Without the refusal, a misspelt variable would have no effect.
 *
 * @throws Error that names the variable, without its value.
 */
export function assertEnvironment(env: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(env)) {
    // Kubernetes sets SANDBOX_PORT to tcp://… for a service called `sandbox`.
    const isOurs = meantForUs.test(name) && !known.includes(name) && !value?.startsWith('tcp://');
    if (value && isOurs)
      throw new Error(
        `${name} is not a variable of partner-sandbox. Use ${known.join(' or ')}, or rename the variable if another program needs it.`,
      );
  }
}
