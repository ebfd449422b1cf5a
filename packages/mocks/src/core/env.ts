/** What a step may know of the world outside: the time, and randomness that a seed fixes. */
export interface Env {
  /** The present, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** 32 lower-case hexadecimal digits: always the same for the same seed and key. */
  readonly derive: (key: string) => string;
}
