export declare const pageFiles: { readonly [path: string]: { readonly type: string; readonly body: string } };
