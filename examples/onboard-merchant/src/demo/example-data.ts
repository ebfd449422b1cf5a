import { requests } from '@partner-ecosystem/openapi/examples';
import type { Workplace } from '../steps/become-partner.ts';
import type { Customer } from '../steps/onboard-merchant.ts';

/** The partner of the contract's examples. */
export const broker = { ...requests.createPartner.broker, ...requests.loginPartner.credentials };

/** The file store accepts any bytes. */
const file = new Blob(['not an image'], { type: 'image/jpeg' });

const { signzyAppId, name, email, mobile, realmId, realm, flowId } = requests.createMerchant.customer;

/** The realm and the flow of the contract's examples, which a new sandbox holds. Signzy issues those of production. */
export const workplace: Workplace = { realmId, realm, flowId };

const widgets = requests.pushMerchant.twoDocumentsOnOnePage.data.map(({ widgetName, data }) => {
  const values = Object.entries(data).map(([variable, value]) => {
    return [variable, `${value}`.startsWith('https:') ? file : value];
  });
  return [widgetName, Object.fromEntries(values)];
});

/** The customer of the contract's examples. The back office accepts this customer. */
export const asha: Customer = {
  signzyAppId: `${signzyAppId}`,
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
