import { fileURLToPath } from 'node:url';

const standIn = fileURLToPath(new URL('./pagefind-ui.js', import.meta.url));

/** Plugin of Vite that gives Starlight our stand-in for Pagefind. Only the stand-in can import the real Pagefind. */
export const searchWhenOpened = {
  name: 'search-when-opened',
  enforce: 'pre' as const,
  resolveId: (source: string, importer: string | undefined) =>
    source === '@pagefind/default-ui' && importer !== standIn ? standIn : undefined,
};
