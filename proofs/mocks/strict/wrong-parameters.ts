import type { Provider } from './provider.ts';
import type { Wrong } from './wrong.ts';

/** Every way to break one rule of a parameter. */
export function wrongParameters({ merchantId, realm }: Provider): Wrong[] {
  const pull = (id: string, query: string) => ({ target: `/api/distributors/pullMerchant/${id}${query}` });
  const spec = (id: string, query: string) => ({
    target: `/api/distributors/pushMerchantSpec/${id}${query}`,
  });
  const badIds = ['none', 'ZZZZZZZZZZZZZZZZZZZZZZZZ', `${merchantId}0`, '%20', '%zz'];
  const okay = `?realmId=${realm.id}`;
  return [
    ...badIds.flatMap((id): Wrong[] => [
      { operationId: 'pullMerchant', ...pull(id, okay), pointer: '/path/merchantId', rule: 'pattern' },
      {
        operationId: 'getPushMerchantSpec',
        ...spec(id, ''),
        pointer: '/path/applicationId',
        rule: 'pattern',
      },
      {
        operationId: 'pullMerchant',
        ...pull(merchantId, `?realmId=${id}`),
        pointer: '/query/realmId',
        rule: 'pattern',
      },
      {
        operationId: 'getPushMerchantSpec',
        ...spec(realm.id, `?flowId=${id}`),
        pointer: '/query/flowId',
        rule: 'pattern',
      },
    ]),
    { operationId: 'pullMerchant', ...pull(merchantId, ''), pointer: '/query/realmId', rule: 'required' },
    {
      operationId: 'pullMerchant',
      ...pull(merchantId, `${okay}&realmId=${realm.id}`),
      pointer: '/query/realmId',
      rule: 'type',
    },
    {
      operationId: 'pullMerchant',
      ...pull(merchantId, `${okay}&version=`),
      pointer: '/query/version',
      rule: 'minLength',
    },
    ...['yes', '1.5', 'TRUE', 'null!'].map(
      (flag): Wrong => ({
        operationId: 'getPushMerchantSpec',
        ...spec(realm.id, `?sampleData=${flag}`),
        pointer: '/query/sampleData',
        rule: 'type',
      }),
    ),
  ];
}
