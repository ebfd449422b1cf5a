import { registerHooks } from 'node:module';

// Runs in our server before it does: batches of one row, so that every callback has a commit, and a flush, of its own.
const whole = 'rows: 128';

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith('/group-commit.js')) return loaded;
    const source = String(loaded.source);
    if (!source.includes(whole))
      throw new Error(`group-commit.js has no \`${whole}\` any more. Mend this file.`);
    return { ...loaded, source: source.replace(whole, 'rows: 1') };
  },
});
