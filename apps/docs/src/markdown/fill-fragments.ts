/** Texts that are generated from code or contract, by the names that pages use. */
export type Fragments = Readonly<Record<string, string>>;

/**
 * Replaces each line `<!-- generated: name -->` by the fragment of that name.
 *
 * @throws Error naming the page and the fragment, if no fragment has the name.
 */
export function fillFragments(slug: string, markdown: string, fragments: Fragments): string {
  return markdown.replaceAll(/^<!-- generated: (\S+) -->$/gm, (_, name: string) => {
    const fragment = fragments[name];
    if (fragment === undefined)
      throw new Error(
        `The page ${slug} asks for the generated part "${name}". Known: ${Object.keys(fragments).join(', ')}.`,
      );
    return fragment;
  });
}
