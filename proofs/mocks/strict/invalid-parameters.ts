import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { InvalidRequest } from './invalid-request.ts';
import type { Session } from './session.ts';

/** Breaks each rule of each parameter. */
export function invalidParameters(session: Session): InvalidRequest[] {
  const { merchantId, realm } = session;
  const ids = ['none', 'ZZZZZZZZZZZZZZZZZZZZZZZZ', `${merchantId}0`, '%20', '%zz'];
  const valid = `?realmId=${realm.id}`;
  const invalid =
    (operationId: OperationId) => (parameter: string, query: string, pointer: string, rule: string) => ({
      request: session.request(operationId, { parameter, query }),
      pointer,
      rule,
    });
  const pull = invalid('pullMerchant');
  const spec = invalid('getPushMerchantSpec');
  return [
    ...ids.flatMap((id) => [
      pull(id, valid, '/path/merchantId', 'pattern'),
      spec(id, '', '/path/applicationId', 'pattern'),
      pull(merchantId, `?realmId=${id}`, '/query/realmId', 'pattern'),
      spec(realm.id, `?flowId=${id}`, '/query/flowId', 'pattern'),
    ]),
    pull(merchantId, '', '/query/realmId', 'required'),
    pull(merchantId, `${valid}&realmId=${realm.id}`, '/query/realmId', 'type'),
    pull(merchantId, `${valid}&version=`, '/query/version', 'minLength'),
    ...['yes', '1.5', 'TRUE', 'null!'].map((flag) =>
      spec(realm.id, `?sampleData=${flag}`, '/query/sampleData', 'type'),
    ),
  ];
}
