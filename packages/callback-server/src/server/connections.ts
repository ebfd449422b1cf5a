import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Which connection was closed because there were too many. */
export type ClosedConnection =
  /** A connection that never presented valid credentials. */
  | 'stranger'
  /** A connection without a request, of a sender with valid credentials. */
  | 'idle'
  /** The new connection, because all other connections had a request. */
  | 'new';

interface Connection {
  /** The request in progress. */
  response: ServerResponse | undefined;
  idleSince: number;
  /** Whether a request on this connection had valid credentials. */
  isKnown: boolean;
}

export type Connections = ReturnType<typeof createConnections>;

/**
 * Keeps the connections of a server, the least recently used first.
 *
 * @param max - Maximum number of connections. Another connection replaces a stranger's or an idle connection.
 */
export function createConnections(max: number, onTooMany: (closed: ClosedConnection) => void) {
  const connections = new Map<Socket, Connection>();

  const find = (matches: (connection: Connection) => boolean) => {
    for (const [socket, connection] of connections) if (matches(connection)) return socket;
    return undefined;
  };
  /** Closes the connection that matters least, so that strangers cannot keep a sender out. */
  const makeRoom = (newcomer: Socket) => {
    const stranger = find((each) => !each.isKnown && !each.response) ?? find((each) => !each.isKnown);
    const idle = stranger ?? find((each) => !each.response);
    onTooMany(stranger ? 'stranger' : idle ? 'idle' : 'new');
    const closed = idle ?? newcomer;
    connections.delete(closed);
    closed.destroy();
  };

  return {
    add: (socket: Socket) => {
      if (connections.size >= max) makeRoom(socket);
      if (socket.destroyed) return;
      connections.set(socket, { response: undefined, idleSince: performance.now(), isKnown: false });
      socket.once('close', () => connections.delete(socket));
    },
    begin: (socket: Socket, response: ServerResponse) => {
      const connection = connections.get(socket);
      if (connection) connection.response = response;
    },
    end: (socket: Socket, response: ServerResponse) => {
      const connection = connections.get(socket);
      // A pipelined request may have begun.
      if (!connection || connection.response !== response) return;
      Object.assign(connection, { response: undefined, idleSince: performance.now() });
      connections.delete(socket);
      connections.set(socket, connection);
    },
    /** Marks the connection of a sender with valid credentials. */
    know: (socket: Socket) => {
      const connection = connections.get(socket);
      if (connection) connection.isKnown = true;
    },
    /** The response to the request in progress. */
    responseOn: (socket: Socket) => connections.get(socket)?.response,
    /** Closes the connections that have had no request for that time. On the others, a request may be on its way. */
    closeIdle: (quietMs: number) => {
      const latest = performance.now() - quietMs;
      for (const [socket, { response, idleSince }] of connections)
        if (!response && idleSince <= latest) socket.destroy();
    },
  };
}
