import { parse, stringify } from 'yaml';

/** A page of the site as Markdown. HTML, Markdown twin and `llms-full.txt` all come from it. */
export interface Page {
  /** Path from the site's root without slashes at its ends, such as `operations/createMerchant`. `index` is the home page. */
  readonly slug: string;
  readonly title: string;
  /** One sentence, for search engines and `llms.txt`. */
  readonly description: string;
  /** Further settings that Starlight reads from the frontmatter. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The text below the frontmatter, without a heading of the first level. */
  readonly body: string;
}

/** @throws Error if the file has no frontmatter, or the frontmatter has no title or no description. */
export function parsePage(slug: string, file: string): Page {
  const [, frontmatter, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file) ?? [];
  const { title, description, ...settings }: Record<string, unknown> = parse(frontmatter ?? '') ?? {};
  if (typeof title !== 'string' || typeof description !== 'string' || body === undefined)
    throw new Error(`The page ${slug} needs a frontmatter with a title and a description.`);
  return { slug, title, description, settings, body };
}

/** The file that Starlight reads. */
export function formatPage({ title, description, settings, body }: Page): string {
  return `---\n${stringify({ title, description, ...settings })}---\n\n${body.trim()}\n`;
}
