import { registerHooks } from 'node:module';

const missing = process.env['WITHOUT_PACKAGE'];

// Lets a process run as if a package were not installed.
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    nextResolve(specifier === missing ? `${specifier}-is-not-installed` : specifier, context),
});
