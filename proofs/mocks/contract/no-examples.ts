/** Replaces the contract's examples, so that the sandbox cannot use them. */
export const requests = {};
export const responses = {};
export const webhooks = {};
