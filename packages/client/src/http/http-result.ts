/** What the provider answered, read to its last byte. */
export interface Answer {
  readonly ok: boolean;
  /** The HTTP status. */
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, text where it is none, `undefined` where it is empty. */
  readonly body: unknown;
  readonly isJson: boolean;
}

export async function readAnswer(response: Response): Promise<Answer> {
  const { ok, status, headers } = response;
  const text = await response.text();
  try {
    return { ok, status, headers, body: JSON.parse(text), isJson: true };
  } catch {
    return { ok, status, headers, body: text || undefined, isJson: false };
  }
}
