/** What stands in the place of the contract's examples, so that nothing can be taken from them. */
export const requests = {};
export const responses = {};
export const webhooks = {};
