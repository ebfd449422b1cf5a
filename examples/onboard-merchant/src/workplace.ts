import type { Fixtures } from '@partner-ecosystem/mocks';
import type { Workplace } from './become-partner.ts';

/** The sandbox's realm and its flow. With the provider, these ids come from Signzy. */
export function workplaceOf({ realm }: Fixtures): Workplace {
  const [flow] = realm.flows;
  if (!flow) throw new Error(`Realm ${realm.name} has no flow.`);
  return { realmId: realm.id, realm: realm.name, flowId: flow.id };
}
