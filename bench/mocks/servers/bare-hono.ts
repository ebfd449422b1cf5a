// The baseline: Hono on Node, which sends two fixed bodies and checks nothing.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const [port, pulled = '', created = ''] = process.argv.slice(2);
const headers = { 'content-type': 'application/json; charset=utf-8' };

const app = new Hono();
app.get('/api/distributors/pullMerchant/:merchantId', (context) => context.body(pulled, 200, headers));
app.post('/api/distributors/createMerchant', async (context) => {
  await context.req.text();
  return context.body(created, 200, headers);
});
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
