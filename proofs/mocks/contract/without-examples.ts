import { registerHooks } from 'node:module';

const noExamples = new URL('./no-examples.ts', import.meta.url).href;

// `node --import` of this module runs a program without the contract's examples.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@partner-ecosystem/openapi/examples'
      ? { url: noExamples, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
