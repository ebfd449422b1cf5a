import { createHash } from 'node:crypto';

/**
 * Forbids a page to load or send anything off its origin, and to run any script but its own.
 *
 * The rule stands in the page, so that it holds wherever the site is served from, a file included.
 */
export function sealPage(page: string): string {
  const scripts = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = '']) => hash(code));
  const policy = [
    `default-src 'none'`,
    `script-src ${scripts.join(' ') || `'none'`}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src data:`,
    // The reference searches in a worker that it makes from its own text.
    `worker-src blob:`,
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const sealed = page.replace(
    '<head>',
    `<head>\n<meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
  if (sealed === page) throw new Error('A page has no <head> to put its security policy into.');
  return sealed;
}

function hash(code: string): string {
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
}
