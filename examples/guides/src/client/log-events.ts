import { createPartnerClient, type PartnerClientOptions } from '@partner-ecosystem/client';

/** Creates a client that writes one line per event. A line has no id, no token and no content. */
export function createLoggingClient(options: PartnerClientOptions, log: (line: string) => void) {
  return createPartnerClient({
    ...options,
    onEvent: (event) =>
      log(`${event.operationId} ${event.type} ${'status' in event ? event.status : ''}`.trim()),
  });
}
