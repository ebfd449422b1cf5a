/** What the notice on a page of an older version says. */
export interface VersionMark {
  readonly version: string;
  /** Path of the newest home page. */
  readonly newestHome: string;
  /** Address of the page that search engines should show instead. Missing if the origin is unknown. */
  readonly canonical?: string | undefined;
}

/**
 * Marks a page as a page of an older version. The page's own style does not know the notice, so the notice has a style of
 * its own.
 *
 * @throws Error if the page has no heading to put the notice above.
 */
export function markVersion(page: string, { version, newestHome, canonical }: VersionMark): string {
  if (!/<h1[ >]/.test(page))
    throw new Error(
      `A page of version ${version} has no <h1> for the notice above it. Add a heading to the page.`,
    );
  const style = 'margin: 0 0 1rem; padding: 0.5rem 1rem; border: 1px solid; border-radius: 0.5rem';
  const notice = `<p role="note" style="${style}">These are the docs of version ${version}. <a href="${newestHome}" style="color: inherit">Newest docs</a></p>`;
  const link = canonical === undefined ? '' : `<link rel="canonical" href="${canonical}">`;
  return page
    .replace(/<link rel="canonical"[^>]*>/, '')
    .replace('</head>', () => `${link}</head>`)
    .replace(/<h1[ >]/, (heading) => notice + heading);
}
