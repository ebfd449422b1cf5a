/** What the checks give to the client, and what nothing may print. */
export const canaries = {
  password: 'canary-password-7f01',
  token: 'canary-token-7f02',
  person: 'canary-person-7f03',
};
