import { createServer } from 'node:http';

/** How the provider treats a request. In the mode `refuses` the provider does not listen. */
export type ProviderMode = 'responds' | 'fails' | 'hangs' | 'refuses';

// A provider that has accepted every merchant, and accepts every login.
const [, , port, mode] = process.argv;
const login = {
  id: 'not-a-real-access-token',
  ttl: 86_400,
  created: '2026-01-01T00:00:00.000Z',
  userId: 'partner',
};
const document = { result: { merchantData: { basicDetails: { status: 'accept' } } } };

createServer((request, response) => {
  request.resume().on('end', () => {
    // With this request, the bench checks whether the provider is up.
    if (request.url === '/') return void response.end();
    if (mode === 'hangs') return;
    response.writeHead(mode === 'fails' ? 500 : 200, { 'content-type': 'application/json' });
    if (mode === 'fails') response.end('{}');
    else response.end(JSON.stringify(request.url?.includes('login') ? login : document));
  });
}).listen(Number(port), '127.0.0.1');
