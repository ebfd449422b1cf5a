import type { components } from '@partner-ecosystem/openapi/schema';
import type { Link } from '../model/state.ts';

/** A link, as the provider shows it. */
export function partnerLink({
  id,
  distributorId,
  realmId,
  flowIds,
}: Link): components['schemas']['PartnerLink'] {
  return { id, distributorId, realmId, applicationId: realmId, flowIds: [...flowIds] };
}
