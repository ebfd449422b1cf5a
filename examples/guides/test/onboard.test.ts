import { createPartnerClient } from '@partner-ecosystem/client';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { onTestFinished, vi } from 'vitest';
import { onboard } from '../src/onboard/seven-steps.ts';
import { pushDocuments } from '../src/push/push-documents.ts';
import { createCase, createPartnerIn, credentials, optionsFor, workplaceOf } from './example-partner.ts';
import { runTwice } from './run-twice.ts';

const photo = new Blob(['not an image'], { type: 'image/jpeg' });

test('the seven steps lead to a decision', async ({ sandbox, sandboxUrl }) => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const partner = createPartnerClient(optionsFor(sandboxUrl, sandbox));
  const { realmId, realm, flowId } = workplaceOf(sandbox.fixtures);
  await runTwice(async (round) => {
    const decision = await onboard({
      partner,
      credentials,
      realm: { id: realmId, name: realm },
      flowId,
      callbackUrl: 'http://127.0.0.1:1/callbacks/not-a-real-token',
      signzyAppId: `EXAMPLE-${round}`,
      photo,
      untilDecided: async (merchantId) => sandbox.backOffice.accept(merchantId),
    });
    expect(decision).toBe('accept');
  });
  expect(sandbox.coverage().transitions).toContainEqual(
    expect.objectContaining({ from: 'pending', to: 'accept', count: 2 }),
  );
});

test('documents are pushed by page and widget, with files as URLs', async ({ sandbox, sandboxUrl }) => {
  const { partner, ...workplace } = await createPartnerIn(sandbox, sandboxUrl);
  const documents = {
    'Manual Data Entry': { 'Nature of buisness': 'Examples, wholesale' },
    'Business Pan': {
      BusinessPanName: 'Example Traders',
      BusinessPanPanNumber: 'XXXXX0000X',
      BusinessPanDateOfIssue: '01/01/1900',
      BusinessPanImage: photo,
    },
  };
  await runTwice(async (round) => {
    const merchantId = await createCase(partner, workplace, `EXAMPLE-${round}`);
    await pushDocuments(partner, { ...workplace, merchantId }, documents);
    const items = sandbox.backOffice.find(merchantId)?.items ?? [];
    expect(items.map(({ widgetName }) => widgetName)).toEqual(['Business Pan', 'Manual Data Entry']);
    expect(items[0]?.data['BusinessPanImage']).toMatch(/^https?:/);
  });
});
