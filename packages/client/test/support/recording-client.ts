import { createPartnerClient, type PartnerClientOptions } from '../../src/index.ts';
import { administratorToken, credentials } from './provider.ts';

/** Creates a client that records its URLs, and gets a token for each request. */
export function createRecordingClient(options: object): {
  client: ReturnType<typeof createPartnerClient>;
  urls: string[];
} {
  const urls: string[] = [];
  const fetch = async ({ url }: Request) => {
    urls.push(url);
    return Response.json({ id: 'token', result: {}, file: {} });
  };
  const client = createPartnerClient({
    credentials,
    administratorToken,
    fetch,
    ...options,
  } as PartnerClientOptions);
  return { client, urls };
}
