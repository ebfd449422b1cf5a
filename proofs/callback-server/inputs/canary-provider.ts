import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { canaryOf } from './canary.ts';

const login = { id: 'not-a-real-access-token', ttl: 86_400 };

/**
 * Starts a provider. Each response to a pull carries two new canaries, from number `first` on. The responses are documents
 * that accept or reject the merchant, an error, a text that is no JSON, and a refusal.
 */
export async function startCanaryProvider(first: number) {
  let next = first;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const merchantId = /\/pullMerchant\/([^?]+)/.exec(request.url ?? '')?.[1];
      const { status, body } =
        merchantId === undefined
          ? { status: 200, body: JSON.stringify(login) }
          : pull(next++, decodeURIComponent(merchantId));
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  const { url, close } = await listenOnFreePort(server);
  return {
    url,
    close,
    /** The number of the next response's canaries. */
    next: () => next,
  };
}

function pull(number: number, id: string) {
  const { pan, aadhaar } = canaryOf(number);
  const kind = number % 8;
  const error = JSON.stringify({ error: { statusCode: 500, name: pan, message: `${pan} ${aadhaar}` } });
  if (kind === 5) return { status: 500, body: error };
  if (kind === 6) return { status: 200, body: `{"pan":"${pan}","aadhaar":"${aadhaar}"` };
  if (kind === 7) return { status: 403, body: error };
  const basicDetails = {
    id,
    status: kind === 4 ? 'reject' : 'accept',
    name: pan,
    mobile: aadhaar,
    autoLoginUrl: `https://go.example.com/${pan}?${aadhaar}`,
    backopsFormData: { note: pan, [aadhaar]: aadhaar },
  };
  const documents = [{ type: pan, widgetName: 'Aadhaar', AadhaarUid: aadhaar, [pan]: aadhaar }];
  const merchantData = { basicDetails, documents, formData: { [aadhaar]: pan } };
  return { status: 200, body: JSON.stringify({ result: { merchantData } }) };
}
