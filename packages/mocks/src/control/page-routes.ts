import type { Hono } from 'hono';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export const pagePaths: readonly string[] = ['/', '/page.css', '/page.js'];

/** The routes of the back-office page. The page contains no data: it requests all data from the control API. */
export function pageRoutes(api: Hono): void {
  for (const path of pagePaths)
    api.get(path, async (context) => {
      // Loaded on demand: a sandbox in a test never needs the page.
      const { pageFiles } = await import('../../generated/page-files.js');
      const { type, body } = pageFiles[path] ?? { type: 'text/plain', body: '' };
      return context.body(body, 200, { ...headers, 'content-type': type });
    });
}
