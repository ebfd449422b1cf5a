import {
  type OperationInput,
  OutcomeUnknownError,
  type PartnerClient,
  ValidationError,
} from '@partner-ecosystem/client';

/** Creates a partner, or finds the partner whom an earlier request created. Resolves to the partner's id. */
export async function createPartnerOnce(
  partner: PartnerClient,
  newPartner: OperationInput<'createPartner'> & { password: string },
): Promise<string> {
  try {
    return await createOrRepeat(partner, newPartner);
  } catch (error) {
    const exists = error instanceof ValidationError && error.fields['username']?.includes('uniqueness');
    if (!exists) throw error;
    // The login proves that the partner is ours, and returns its id.
    const { username, password } = newPartner;
    const { userId } = await partner.loginPartner({ username, password });
    if (userId === undefined) throw new Error('The login returned no userId. Ask Signzy for the id.');
    return userId;
  }
}

async function createOrRepeat(partner: PartnerClient, newPartner: OperationInput<'createPartner'>) {
  const create = async () => (await partner.createPartner(newPartner)).id;
  return create().catch((error) => {
    if (error instanceof OutcomeUnknownError) return create(); // A user name exists once, so a repeat is safe.
    throw error;
  });
}
