import { registerHooks } from 'node:module';

const stripped = new URL('./no-examples.ts', import.meta.url).href;

// `node --import` this to run what follows over a contract whose examples were stripped.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@partner-ecosystem/openapi/examples'
      ? { url: stripped, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
