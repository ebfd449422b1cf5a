/** One exchange of a recording. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  /** The body of the request; missing if there is none, or if it was not recorded. */
  readonly request?: string;
  /** 0 if no response came. */
  readonly status: number;
  readonly response?: string;
  readonly responseType: string;
}

interface HarEntry {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly postData?: { readonly text?: string };
  };
  readonly response: {
    readonly status: number;
    readonly content?: { readonly mimeType?: string; readonly text?: string; readonly encoding?: string };
  };
}

/**
 * Reads the exchanges of a parsed HAR 1.2 file.
 *
 * @throws TypeError if `har` is not a HAR 1.2 file. The message quotes no value.
 */
export function readHar(har: unknown): Exchange[] {
  try {
    return (har as { log: { entries: HarEntry[] } }).log.entries.map(readEntry);
  } catch {
    throw new TypeError(
      'The recording is not a HAR 1.2 file. Export one from a browser, a proxy or the sandbox.',
    );
  }
}

function readEntry({ request, response }: HarEntry): Exchange {
  const { mimeType = '', text, encoding } = response.content ?? {};
  const sent = request.postData?.text;
  const received = text && encoding === 'base64' ? decodeBase64(text) : text;
  return {
    method: request.method,
    url: new URL(request.url),
    ...(sent && { request: sent }),
    status: response.status,
    ...(received && { response: received }),
    responseType: mimeType,
  };
}

function decodeBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
}
