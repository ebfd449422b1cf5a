import type { Customer } from './onboard-merchant.ts';

/** A picture of nothing: enough to be stored as an image. */
const picture = new Blob(['not an image'], { type: 'image/jpeg' });

/** A customer whom the back office will accept. */
export const asha: Customer = {
  signzyAppId: 'EXAMPLE-0001',
  name: 'Asha Example',
  email: 'asha@example.com',
  mobile: '0000000002',
  realmFields: { 'branch code': 'EX-01' },
  answers: {
    AadhaarName: 'Asha Example',
    AadhaarUid: 'xxxxxxxx0000',
    AadhaarDob: '01/01/1900',
    AadhaarAddress: '1 Example Street, Exampletown',
    BusinessPanName: 'Example Traders',
    BusinessPanPanNumber: 'XXXXX0000X',
    BusinessPanDateOfIssue: '01/01/1900',
    'Nature of buisness': 'Examples, wholesale',
    audioMatchScore: '10',
    videoMatchScore: '1.00',
  },
  papers: { AadhaarImage1: picture, AadhaarImage2: picture, BusinessPanImage: picture },
};

/** A customer whom the back office will reject. */
export const ravi: Customer = {
  ...asha,
  signzyAppId: 'EXAMPLE-0002',
  name: 'Ravi Example',
  email: 'ravi@example.com',
  mobile: '0000000003',
  answers: { ...asha.answers, AadhaarName: 'Ravi Example', AadhaarUid: 'xxxxxxxx0001' },
};
