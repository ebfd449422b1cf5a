/** The timers before a test replaces them by fake timers. */
export const realTimers = { set: globalThis.setTimeout, clear: globalThis.clearTimeout } as const;
