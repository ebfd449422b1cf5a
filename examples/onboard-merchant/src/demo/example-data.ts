import type { Fixtures } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import type { Workplace } from '../steps/become-partner.ts';
import type { Customer } from '../steps/onboard-merchant.ts';

/** The partner of the contract's examples. */
export const { broker } = requests.createPartner;

/** The file store accepts any bytes. */
const file = new Blob(['not an image'], { type: 'image/jpeg' });

const { signzyAppId, name, email, mobile } = requests.createMerchant.customer;
const widgets = requests.pushMerchant.twoDocumentsOnOnePage.data.map(({ widgetName, data }) => {
  const values = Object.entries(data).map(([variable, value]) => {
    return [variable, value.startsWith('https:') ? file : value];
  });
  return [widgetName, Object.fromEntries(values)];
});

/** The customer of the contract's examples. The back office accepts this customer. */
export const asha: Customer = {
  signzyAppId,
  name,
  email,
  mobile,
  realmFields: { 'branch code': 'EX-01' },
  widgets: Object.fromEntries(widgets),
};

/** The back office rejects this customer. */
export const ravi: Customer = {
  ...asha,
  signzyAppId: 'EXAMPLE-0002',
  name: 'Ravi Example',
  email: 'ravi@example.com',
  mobile: '0000000003',
  widgets: {
    ...asha.widgets,
    Aadhaar: { ...asha.widgets['Aadhaar'], AadhaarName: 'Ravi Example', AadhaarUid: 'xxxxxxxx0001' },
  },
};

/** The sandbox's realm and flow. With the provider, Signzy issues these values. */
export function workplaceOf({ realm }: Fixtures): Workplace {
  const [flow] = realm.flows;
  if (!flow) throw new Error(`Realm ${realm.name} has no flow. Add one to the sandbox's fixtures.`);
  return { realmId: realm.id, realm: realm.name, flowId: flow.id };
}
