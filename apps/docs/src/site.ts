/** Folder of the built site. Its static files can be served from anywhere. */
export const site = new URL('../dist/', import.meta.url);
