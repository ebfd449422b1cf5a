import { registerHooks } from 'node:module';

// Preloaded into our server. Makes batches of one row, so that each callback has its own commit and flush.
const whole = 'rows: 128';

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith('/commit-queue.js')) return loaded;
    const source = String(loaded.source);
    if (!source.includes(whole))
      throw new Error(`commit-queue.js does not contain \`${whole}\`. Adapt one-row-a-commit.ts.`);
    return { ...loaded, source: source.replace(whole, 'rows: 1') };
  },
});
