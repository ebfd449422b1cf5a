import { registerHooks } from 'node:module';

const missing = process.env['WITHOUT_PACKAGES']?.split(' ');

// Lets a process run as if packages were not installed.
if (missing)
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      nextResolve(missing.includes(specifier) ? `${specifier}-is-not-installed` : specifier, context),
  });

/** The environment of a Node process that runs as if packages were not installed. */
export function withoutPackages(...names: readonly string[]): {
  WITHOUT_PACKAGES: string;
  NODE_OPTIONS: string;
} {
  return { WITHOUT_PACKAGES: names.join(' '), NODE_OPTIONS: `--import ${import.meta.url}` };
}
