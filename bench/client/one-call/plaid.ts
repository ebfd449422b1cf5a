import { Configuration, PlaidApi } from 'plaid';

const plaid = new PlaidApi(new Configuration({ baseOptions: { headers: { 'PLAID-SECRET': 'example' } } }));
console.log((await plaid.itemGet({ access_token: '1' })).data);
