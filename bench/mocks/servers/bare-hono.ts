// The baseline: Hono on Node, which sends the bytes of two files and checks nothing.
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const [port, pulledFile = '', createdFile = ''] = process.argv.slice(2);
const [pulled, created] = [pulledFile, createdFile].map((file) => readFileSync(file, 'utf8'));
const headers = { 'content-type': 'application/json; charset=utf-8' };

const app = new Hono();
app.get('/api/distributors/pullMerchant/:merchantId', (context) => context.body(pulled ?? '', 200, headers));
app.post('/api/distributors/createMerchant', async (context) => {
  await context.req.text();
  return context.body(created ?? '', 200, headers);
});
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
