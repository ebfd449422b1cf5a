import { createHash } from 'node:crypto';

/**
 * Adds a content security policy to a page. The policy forbids requests to other origins, and every script that is not
 * the page's own.
 *
 * The policy is a `<meta>` element, so that it applies on every server, and also to a local file.
 */
export function withSecurityPolicy(page: string): string {
  const inline = [...page.matchAll(/<script(?![^>]* src=)[^>]*>([\s\S]*?)<\/script>/g)];
  const hashes = new Set(inline.map(([, code = '']) => hash(code)));
  const policy = [
    `default-src 'none'`,
    `script-src 'self' 'wasm-unsafe-eval' ${[...hashes].join(' ')}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src data:`,
    // The search of the reference runs in a worker that the page creates from its own text. WebAssembly and `self` are
    // for the search of the guides.
    `worker-src 'self' blob:`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  if (!page.includes('<head>'))
    throw new Error('A page has no <head> for its security policy. Add the element to its template.');
  return page.replace('<head>', `<head>\n<meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

function hash(code: string): string {
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
}
