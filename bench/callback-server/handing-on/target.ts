import { createServer } from 'node:http';

// A target of forwarded callbacks that takes each at once, or none ever.
const [, , port, hangs] = process.argv;
createServer((request, response) => {
  request.resume().on('end', () => {
    // The bench asks whether the target is up with a GET.
    if (!hangs || request.method === 'GET') response.end();
  });
}).listen(Number(port), '127.0.0.1');
