import { serve } from '@hono/node-server';
import { Hono } from 'hono';

// The least that takes a callback: it parses the JSON, keeps nothing, and answers as we do.
const app = new Hono().post('/callbacks/:token/:event', async (context) => {
  await context.req.json();
  return context.json({ received: true });
});

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`listening http://127.0.0.1:${port}`),
);
