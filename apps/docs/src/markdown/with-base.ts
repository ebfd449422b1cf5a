/** Puts the site's base path in front of each link that begins with a slash. Code blocks stay as they are. */
export function withBase(markdown: string, base: string): string {
  const blocks = markdown.split(/^( *```[\s\S]*?^ *```)$/m);
  return blocks
    .map((text, index) =>
      index % 2 === 1
        ? text
        : text.replaceAll(/(\]\(|\]: |\b(?:href|src)=")\/(?!\/)/g, (_, before: string) => before + base),
    )
    .join('');
}
