import { mswHandlers } from '@partner-ecosystem/mocks/msw';
import { setupServer } from 'msw/node';

/** Calls a function with an address that leads to a sandbox through MSW. Any other request is an error. */
export async function throughMsw(sandbox, call) {
  const url = 'https://proxy.example.com/signzy';
  const network = setupServer(...mswHandlers(sandbox, { baseUrls: { go: url, backops: url, persist: url } }));
  // MSW 2 has the first option, MSW 3 the second.
  network.listen({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' });
  try {
    await call(url);
  } finally {
    network.close();
  }
}
