/** A violation of the contract, or drift. Never contains a value that may be a person's data. */
export interface Violation {
  /**
   * JSON pointer into the value, such as `/data/0/pageId`. Empty for the whole value. `*` stands for a name that the
   * contract does not have, because such a name may be a person's data.
   */
  readonly pointer: string;
  /**
   * The violated JSON Schema keyword, such as `required` or `pattern`, or a keyword of ours:
   *
   * - `word`: the contract does not know the word
   * - `missing`: an optional property that every example has is missing
   * - `status`: the contract does not list the HTTP status
   * - `syntax`: the body is not JSON
   * - `event`, from the callback server only: the status contradicts the URL
   * - `repeated`, from the callback server only: a property occurs twice
   */
  readonly keyword: string;
  /** What the contract requires or knows, such as `must be string`, or `type string` from the client's guard. */
  readonly expected: string;
  /** The unknown word. Only where the contract classifies the value as public or internal. */
  readonly word?: string;
}

/**
 * A violation, and where it was seen. The client's guard, the callback server and `partner-contract check` report drift in
 * this format.
 */
export interface Drift<Subject extends string = string> extends Violation {
  /** The operation, or the event of a callback. */
  readonly subject: Subject;
  readonly side: 'request' | 'response' | 'callback';
  /** The HTTP status of a response. */
  readonly status?: number;
}

/** Replaces each position in a list by `*`, so that the same violation of many items is one kind. */
export function anyPosition(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}

/** The property `word` of a violation, unless the text does not look like a word. */
export function shownWord(text: unknown): { readonly word?: string } {
  return typeof text === 'string' && /^[A-Za-z][\w-]{0,39}$/.test(text) ? { word: text } : {};
}
