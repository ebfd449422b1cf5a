import { fileURLToPath } from 'node:url';

const standIn = fileURLToPath(new URL('./pagefind-ui.js', import.meta.url));

/** Plugin of Vite that gives Starlight's search our stand-in for Pagefind, which alone gets the real one. */
export const searchWhenOpened = {
  name: 'search-when-opened',
  enforce: 'pre' as const,
  resolveId: (source: string, importer: string | undefined) =>
    source === '@pagefind/default-ui' && importer !== standIn ? standIn : undefined,
};
