/** What a visitor of the inbox may do besides reading: change deliveries, or see personal data. */
export const roles = ['operator', 'revealer'] as const;
export type Role = (typeof roles)[number];

/** Who uses the inbox. */
export interface Visitor {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Each posted form carries the token in the field `csrf`. */
  readonly csrfToken: string;
}

/** What the pages know of their request. The guard sets the visitor. */
export type InboxVariables = { Variables: { visitor: Visitor; isDiskLow: boolean } };

/** The name of everybody, on a server without users and tokens. Such a visitor has no session. */
export const thisMachine = 'this machine';

/** The visitor's name in the audit. */
export function actorOf({ name }: Pick<Visitor, 'name'>): string {
  return `inbox: ${name}`;
}
