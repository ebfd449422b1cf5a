import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

/** Links each page to its Markdown twin, so that a program finds the twin. */
export const onRequest = defineRouteMiddleware(({ locals, url }) => {
  const { head, id } = locals.starlightRoute;
  if (id === '404') return;
  const href = id === '' ? `${url.pathname}index.md` : url.pathname.replace(/\/$/, '.md');
  head.push({ tag: 'link', attrs: { rel: 'alternate', type: 'text/markdown', href } });
});
