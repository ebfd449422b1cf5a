import { registerHooks } from 'node:module';

/** A part of the specifier of the module that fails to load once. */
const failing = process.env['FAILS_ONCE'] ?? '';
let hasFailed = false;

// Lets a process run as if a file could not be read for a moment.
registerHooks({
  resolve: (specifier, context, nextResolve) => {
    if (hasFailed || !specifier.includes(failing)) return nextResolve(specifier, context);
    hasFailed = true;
    throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
  },
});
