/** What a correction has to change in each part of the kit. Each function throws if the change is missing. */
export interface Rooms {
  /** The bundled contract, and the modules derived from it. */
  readonly contract: () => unknown;
  readonly client: () => unknown;
  readonly sandbox: () => unknown;
  readonly receiver: () => unknown;
  /** The slug of a page of the docs, and a text that the page contains. */
  readonly docs: readonly [page: string, text: string];
}
