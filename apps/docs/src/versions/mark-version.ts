/** What a page of an older version says about itself. */
export interface VersionMark {
  readonly version: string;
  /** Path of the newest home page. */
  readonly newestHome: string;
  /** Address of the page that search engines should show instead. Unknown if the origin is. */
  readonly canonical?: string | undefined;
}

/**
 * Marks a page as one of an older version. The page's own style does not know the notice, so the notice brings its own.
 *
 * @throws Error if the page has no heading to put the notice above.
 */
export function markVersion(page: string, { version, newestHome, canonical }: VersionMark): string {
  if (!/<h1[ >]/.test(page))
    throw new Error(`A page of version ${version} has no <h1>, above which its notice would stand.`);
  const style = 'margin: 0 0 1rem; padding: 0.5rem 1rem; border: 1px solid; border-radius: 0.5rem';
  const notice = `<p role="note" style="${style}">These are the docs of version ${version}. <a href="${newestHome}" style="color: inherit">Newest docs</a></p>`;
  const link = canonical === undefined ? '' : `<link rel="canonical" href="${canonical}">`;
  return page
    .replace(/<link rel="canonical"[^>]*>/, '')
    .replace('</head>', () => `${link}</head>`)
    .replace(/<h1[ >]/, (heading) => notice + heading);
}
