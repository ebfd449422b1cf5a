import { Socket } from 'node:net';
import { Client } from 'pg';
import { connectionError, PostgresConnectionError } from './connection-error.ts';
import { parsePostgresUrl } from './postgres-url.ts';

/** The client waits this long after PostgreSQL's own limit of a statement, so that the client knows the outcome. */
const marginMs = 5000;
/** How long the end of a connection waits for PostgreSQL. */
const endMs = 2000;

/**
 * The options of a client for the database at a URL.
 *
 * @param name - Name of the sessions, unless the URL has one.
 * @throws PostgresConnectionError if a part of the URL is wrong, or would not take effect.
 */
export function clientOptions(url: string, name = 'callback-server') {
  const address = parsedAddress(url);
  return {
    ...address,
    application_name: address.application_name ?? name,
    // The server gives up before the client does.
    query_timeout: address.statement_timeout + marginMs,
    keepAlive: true,
  };
}

function parsedAddress(url: string) {
  try {
    return parsePostgresUrl(url);
  } catch (error) {
    throw new PostgresConnectionError(
      `DATABASE_URL ${error instanceof Error ? error.message : 'is invalid.'}`,
    );
  }
}

/**
 * A client with a limit for each wait: for a PostgreSQL that accepts a connection but does not respond, and for the
 * end of the connection. Errors of the connection quote nothing of the URL.
 */
export class PostgresClient extends Client {
  readonly #socket: Socket;
  readonly #timeoutMs: number;

  constructor(options: ReturnType<typeof clientOptions>) {
    const socket = new Socket();
    super({ ...options, stream: () => socket });
    this.#socket = socket;
    this.#timeoutMs = options.connectionTimeoutMillis;
    // An error of an idle connection shows in the next query.
    this.on('error', () => {});
  }

  override connect(): Promise<Client>;
  override connect(callback: ((error: Error) => void) | ((error: null, client: Client) => void)): void;
  override connect(
    callback?: ((error: Error) => void) | ((error: null, client: Client) => void),
  ): Promise<Client> | undefined {
    const connected = super.connect().catch((error: unknown) => {
      this.#socket.destroy();
      throw connectionError(error, this.#timeoutMs);
    });
    if (!callback) return connected;
    const report = callback as (error: Error | null, client?: Client) => void;
    connected.then(
      (client) => report(null, client),
      (error: Error) => report(error),
    );
    return undefined;
  }

  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | undefined {
    const timer = setTimeout(() => this.#socket.destroy(), endMs);
    const ended = super.end().finally(() => clearTimeout(timer));
    if (!callback) return ended;
    ended.then(() => (callback as () => void)(), callback);
    return undefined;
  }
}
