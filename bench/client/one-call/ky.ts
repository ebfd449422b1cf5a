import ky from 'ky';

const go = ky.create({ prefix: 'https://go.example.com', headers: { Authorization: 'example' } });
console.log(await go.get('api/distributors/pullMerchant/1', { searchParams: { realmId: '2' } }).json());
