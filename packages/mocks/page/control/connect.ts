import { type Control, createControl } from '../../src/control-client.ts';

/** No response came from the sandbox. Whether a request took effect is unknown. */
class Outage extends Error {
  override readonly name = 'Outage';
}

export function isOutage(error: unknown): error is Error {
  return error instanceof Outage;
}

// The browser's own words are those of a programmer, such as "Failed to fetch".
const explainOutage = {
  onError: () => new Outage('The sandbox cannot be reached. Start it again, then try again.'),
};

/** Creates a client of the control API of this page's server. Its errors can be shown to a person. */
export function connect(token: string): Control {
  const { server, sandbox } = createControl({ url: location.origin, token });
  server.use(explainOutage);
  return {
    server,
    sandbox: (id) => {
      const control = sandbox(id);
      control.use(explainOutage);
      return control;
    },
  };
}
