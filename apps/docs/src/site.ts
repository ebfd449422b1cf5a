/** Folder of the finished site: static files, to be served from anywhere. */
export const site: URL = new URL('../dist/', import.meta.url);
