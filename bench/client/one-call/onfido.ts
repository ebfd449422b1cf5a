import { Configuration, DefaultApi } from '@onfido/api';

const onfido = new DefaultApi(new Configuration({ apiToken: 'example' }));
console.log((await onfido.findApplicant('1')).data);
