import { serve } from '@hono/node-server';
import { Hono } from 'hono';

// The smallest receiver: it parses the JSON, stores nothing, and responds as the callback server does.
const app = new Hono().post('/callbacks/:token/:event', async (context) => {
  await context.req.json();
  return context.json({ received: true });
});

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.argv[2]) });
