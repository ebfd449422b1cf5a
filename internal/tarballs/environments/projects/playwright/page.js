import { createSandbox } from '@partner-ecosystem/mocks';
import { mswHandlers } from '@partner-ecosystem/mocks/msw';
import { setupWorker } from 'msw/browser';
import { acceptCase, portableChecks, submitCase } from './portable-checks.js';

globalThis.portableChecks = portableChecks;
globalThis.submitCase = submitCase;

/** Runs a check against a sandbox in the page. MSW's worker puts the sandbox between the page and the provider. */
globalThis.checkThroughMsw = async (name) => {
  const url = 'https://proxy.example.com/signzy';
  const sandbox = createSandbox();
  const context = { url, ...sandbox.backOffice.addPartner() };
  const baseUrls = { go: url, backops: url, persist: url };
  const worker = setupWorker(...mswHandlers(sandbox, { baseUrls }));
  await worker.start({ quiet: true });
  try {
    if (name !== 'callback') return await portableChecks[name](context);
    const merchantId = await submitCase(context, `${location.origin}/callbacks`);
    await acceptCase(sandbox, merchantId);
    return merchantId;
  } finally {
    worker.stop();
  }
};
