/** The audit of a server that everybody at this machine may use, newest first. */
export const auditOf = async (adminUrl: string) =>
  (await (await fetch(`${adminUrl}/audit`)).json()) as object[];
