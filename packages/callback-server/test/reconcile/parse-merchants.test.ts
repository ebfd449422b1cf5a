import { expect, test } from 'vitest';
import { parseMerchants } from '../../src/reconcile/parse-merchants.ts';

const merchants = [
  { merchantId: 'one', realmId: 'realm' },
  { merchantId: 'two', realmId: 'realm' },
];

test.each([
  ['CSV', 'merchantId,realmId\none,realm\ntwo,realm\n'],
  [
    'CSV with other columns, quotes, a byte order mark and Windows line ends',
    '\ufeffrealmId,name,"merchantId"\r\nrealm,x,"one"\r\n\r\nrealm,,two',
  ],
  [
    'lines of JSON',
    '{"merchantId":"one","realmId":"realm"}\n{"merchantId":"two","realmId":"realm","name":"x"}',
  ],
  ['a merchant that is listed twice', 'merchantId,realmId\none,realm\ntwo,realm\none,realm\n'],
])('parseMerchants reads %s', (_, text) => {
  expect(parseMerchants(text)).toEqual(merchants);
});

test.each([
  ['', 'is empty'],
  ['merchantId,realmId\n', 'is empty'],
  ['realmId,merchantId,realmId\nrealm,canary,other', 'Line 1 has the column realmId twice'],
  ['merchantId,realmId\ncanary,realm\ncanary,other', 'Line 3 has another realm'],
  ['one,realm\ntwo,realm', 'Line 1 must be merchantId,realmId'],
  ['merchantId,realmId\none,realm\ncanary', 'Line 3'],
  ['merchantId,realmId\ncanary,', 'Line 2'],
  ['name,merchantId,realmId\n"canary, Inc.",one,realm', 'Line 2'],
  ['{"merchantId":"one","realmId":"realm"}\n{"merchantId":"canary"}', 'Line 2'],
  ['{"merchantId":"canary"', 'Line 1'],
  ['merchantId,realmId\none,realm\ncanary\ufffd,realm', 'Line 3 has a quote, a control character or broken'],
  ['merchantId,realmId\ncanary\u0000,realm', 'Line 2 has a quote'],
  ['merchantId,realmId\n"canary""one""",realm', 'Line 2 has a quote'],
  ['{"merchantId":"one","realmId":"canary\\n"}', 'Line 1 has a quote'],
  [`{"merchantId":"canary","realmId":"${'x'.repeat(201)}"}`, 'Line 1'],
])('parseMerchants refuses a wrong list, names the line and quotes no value: %j', (text, message) => {
  expect(() => parseMerchants(text)).toThrow(message);
  expect(() => parseMerchants(text)).not.toThrow(/canary/);
});

test('parseMerchants refuses a list of too many lines, however short they are', () => {
  expect(() => parseMerchants('\n'.repeat(100_000))).toThrow('more than 100000 lines');
});
