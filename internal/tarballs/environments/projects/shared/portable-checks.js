import { requests } from '@partner-ecosystem/openapi/examples';
import axios from 'axios';

// The checks that the matrix shows for each transport. Each check sends with the `fetch` and the axios of the environment.

const { realmId, flowId } = requests.createMerchant.customer;
const bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff, 0x2d, 0x2d];

const libraries = {
  fetch: async (url, { method = 'POST', token, json, form }) => {
    const response = await fetch(url, {
      method,
      headers: {
        ...(token && { authorization: token }),
        ...(json && { 'content-type': 'application/json' }),
      },
      body: json ? JSON.stringify(json) : form,
    });
    return { status: response.status, body: await response.json() };
  },
  axios: async (url, { method = 'POST', token, json, form }) => {
    const headers = token ? { authorization: token } : {};
    const { status, data } = await axios({ url, method, headers, data: json ?? form });
    return { status, body: data };
  },
};

// Some libraries do not know the FormData of some environments. A page has no `process`.
const uploadLibraries = globalThis.process?.env.UPLOADS_WITH?.split(',') ?? Object.keys(libraries);

async function logIn(send, { url, credentials }) {
  const { body } = await send(`${url}/api/distributors/login`, { json: credentials });
  return body.id;
}

async function createMerchant(send, { url }, token) {
  const { customer } = requests.createMerchant;
  return (await send(`${url}/api/distributors/createMerchant`, { token, json: customer })).body.id;
}

/** Registers a receiver, and submits a case, with `fetch`. */
export async function submitCase(context, receiver) {
  const { url, distributorId } = context;
  const send = libraries.fetch;
  const token = await logIn(send, context);
  const json = { distributorId, realmId, flowId, callbacks: { accept: receiver } };
  await send(`${url}/api/distributors/callback`, { token, json });
  const merchantId = await createMerchant(send, context, token);
  const push = { ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId };
  await send(`${url}/api/distributors/pushMerchant`, { token, json: push });
  return merchantId;
}

/** Accepts a case, and waits until the sandbox has posted the callback. */
export async function acceptCase({ backOffice, callbacks }, merchantId) {
  backOffice.accept(merchantId);
  const { status } = await callbacks.next({ event: 'accept' }, { timeoutMs: 240_000 });
  same(status, 'delivered', 'the sandbox');
}

/** The checks that a page can run too. */
export const portableChecks = {
  JSON: async (context) => {
    for (const [library, send] of Object.entries(libraries)) {
      const token = await logIn(send, context);
      const merchantId = await createMerchant(send, context, token);
      const address = `${context.url}/api/distributors/pullMerchant/${merchantId}?realmId=${realmId}&version=1.1.0`;
      const { status, body } = await send(address, { method: 'GET', token });
      same([status, body.result.merchantData.basicDetails.id], [200, merchantId], library);
    }
    return Object.keys(libraries);
  },
  upload: async ({ url }) => {
    for (const library of uploadLibraries) {
      const send = libraries[library];
      const form = new FormData();
      // A Blob, because jest-fixed-jsdom has the File of jsdom, but the FormData of Node.
      form.append('file', new Blob([Uint8Array.from(bytes)], { type: 'image/png' }), 'photo.png');
      form.append('ttl', '1 month');
      const { status, body } = await send(`${url}/api/files/upload`, { form });
      same([status, body.file?.filetype, body.file?.size], [200, 'image/png', bytes.length], library);
      const stored = await (await fetch(body.file.directURL)).arrayBuffer();
      same([...new Uint8Array(stored)], bytes, library);
    }
    return uploadLibraries;
  },
};

export function same(found, expected, library) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`Through ${library}: ${one} instead of ${other}`);
}
