/** The back office of the sandbox, reached as a person's browser would: through its control port. */
export interface BackOffice {
  decide(merchantId: string, decision: 'accept' | 'reject', reason?: string): Promise<void>;
}

export function createBackOffice({
  controlUrl,
  controlToken,
}: {
  controlUrl: string;
  controlToken: string;
}): BackOffice {
  return {
    async decide(merchantId, decision, reason) {
      const response = await fetch(`${controlUrl}/merchants/${merchantId}/decision`, {
        method: 'POST',
        headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ decision, ...(reason && { reason }) }),
      });
      if (!response.ok)
        throw new Error(`The back office refused to ${decision} merchant ${merchantId}: ${response.status}.`);
    },
  };
}
