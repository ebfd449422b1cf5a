import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { packageFile } from '../package/package-file.ts';

const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const;
const names = ['base.css', 'controls.css', 'content.css', 'live.js', 'keyboard.js'] as const;

/** The style sheets and scripts of the pages. They hold no data, and the page to sign in needs them too. */
export const pageFiles = new Hono();
for (const name of names)
  pageFiles.get(`/${name}`, etag(), async (context) => {
    const type = types[name.endsWith('.css') ? 'css' : 'js'];
    const file = await readFile(packageFile(`page/${name}`));
    return context.body(file, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' });
  });
