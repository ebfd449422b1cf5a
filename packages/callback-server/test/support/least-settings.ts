import { token } from './callbacks.ts';

/** The settings without which no server starts. */
export const leastSettings = { CALLBACK_TOKENS: token };
