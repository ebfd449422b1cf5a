import { registerHooks } from 'node:module';

const missing = process.env['WITHOUT_PACKAGE'];

// Lets a process run as if a package were not installed.
if (missing)
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      nextResolve(specifier === missing ? `${specifier}-is-not-installed` : specifier, context),
  });

/** The environment of a Node process that runs as if a package were not installed. */
export function withoutPackage(name: string): { WITHOUT_PACKAGE: string; NODE_OPTIONS: string } {
  return { WITHOUT_PACKAGE: name, NODE_OPTIONS: `--import ${import.meta.url}` };
}
