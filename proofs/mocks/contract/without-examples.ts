import { registerHooks } from 'node:module';

const noExamples = 'data:text/javascript,export const requests = {}, responses = {}, webhooks = {};';

// `node --import` of this module runs a program without the contract's examples.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@partner-ecosystem/openapi/examples'
      ? { url: noExamples, format: 'module', shortCircuit: true }
      : next(specifier, context),
});
