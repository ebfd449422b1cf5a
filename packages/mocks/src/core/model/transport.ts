/** How a request came: by a function call, through MSW, or over HTTP. Not each can break in every way. */
export type Transport = 'in-process' | 'msw' | 'http';

export const transports: readonly Transport[] = ['in-process', 'msw', 'http'];
