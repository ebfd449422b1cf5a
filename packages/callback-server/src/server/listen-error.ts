interface Address {
  readonly host: string;
  readonly port: number;
  /** What the names of the settings begin with. */
  readonly settings: string;
}

/** An error of a listener that names the setting to change. */
export function listenError(error: unknown, { host, port, settings }: Address): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new Error(messageOf(code, host, port, settings), { cause: error });
}

function messageOf(code: string, host: string, port: number, settings: string): string {
  if (code === 'EADDRINUSE')
    return `${settings}PORT: port ${port} of ${host} is taken (${code}). Choose another port, or stop the other process.`;
  if (code === 'EACCES')
    return `${settings}PORT: this user may not listen on port ${port} (${code}). Choose a port above 1023.`;
  return `${settings}HOST: cannot listen on ${host} (${code}). Give an address of this machine.`;
}
