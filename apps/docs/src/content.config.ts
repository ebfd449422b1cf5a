import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro/content/config';
import { glob } from 'astro/loaders';

/** The pages with their code and generated parts, as `writePages` writes them. */
export const collections = {
  docs: defineCollection({
    // A page's id is its path: the slugs of the API's names keep their capital letters.
    loader: glob({
      base: './generated/pages',
      pattern: '**/*.md',
      generateId: ({ entry }) => entry.replace(/\.md$/, ''),
    }),
    schema: docsSchema(),
  }),
};
