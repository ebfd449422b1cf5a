/* Copied from generate/page-files.d.ts by `npm run build`. */

/** The files of the back-office page, by path. */
export declare const pageFiles: {
  readonly [path: string]: { readonly type: string; readonly body: string };
};
