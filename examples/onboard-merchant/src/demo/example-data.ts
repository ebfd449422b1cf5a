import type { Fixtures } from '@partner-ecosystem/mocks';
import type { Workplace } from '../become-partner.ts';
import type { Customer } from '../onboard-merchant.ts';

/** The partner's own credentials. */
export const credentials = {
  username: 'example-broker',
  password: 'Not-a-real-password-1',
  email: 'broker@example.com',
};

/** The sandbox's realm and flow. With the provider, Signzy issues these values. */
export function workplaceOf({ realm }: Fixtures): Workplace {
  const [flow] = realm.flows;
  if (!flow) throw new Error(`Realm ${realm.name} has no flow. Add one to the sandbox's fixtures.`);
  return { realmId: realm.id, realm: realm.name, flowId: flow.id };
}

/** The file store accepts any bytes as an image. */
const image = new Blob(['not an image'], { type: 'image/jpeg' });

/** The back office accepts this customer. */
export const asha: Customer = {
  signzyAppId: 'EXAMPLE-0001',
  name: 'Asha Example',
  email: 'asha@example.com',
  mobile: '0000000002',
  realmFields: { 'branch code': 'EX-01' },
  answers: {
    Aadhaar: {
      AadhaarName: 'Asha Example',
      AadhaarUid: 'xxxxxxxx0000',
      AadhaarDob: '01/01/1900',
      AadhaarAddress: '1 Example Street, Exampletown',
      AadhaarImage1: image,
      AadhaarImage2: image,
    },
    'Business Pan': {
      BusinessPanName: 'Example Traders',
      BusinessPanPanNumber: 'XXXXX0000X',
      BusinessPanDateOfIssue: '01/01/1900',
      BusinessPanImage: image,
    },
    'Manual Data Entry': { 'Nature of buisness': 'Examples, wholesale' },
    'Video Verification': {
      audioMatchScore: '10',
      videoMatchScore: '1.00',
      videoCoVariance: '',
      videoUrl: '',
    },
  },
};

/** The back office rejects this customer. */
export const ravi: Customer = {
  ...asha,
  signzyAppId: 'EXAMPLE-0002',
  name: 'Ravi Example',
  email: 'ravi@example.com',
  mobile: '0000000003',
  answers: {
    ...asha.answers,
    Aadhaar: { ...asha.answers['Aadhaar'], AadhaarName: 'Ravi Example', AadhaarUid: 'xxxxxxxx0001' },
  },
};
