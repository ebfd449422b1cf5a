import { createServer } from 'node:http';

// A target that takes each forwarded callback immediately. With the argument `hangs`, the target never responds to a POST.
const [, , port, hangs] = process.argv;
createServer((request, response) => {
  request.resume().on('end', () => {
    // With a GET, the bench checks whether the target is up.
    if (!hangs || request.method === 'GET') response.end();
  });
}).listen(Number(port), '127.0.0.1');
