import type { ViewName } from '../session/route.ts';

export const viewLabels: { readonly [Name in ViewName]: string } = {
  cases: 'Cases',
  callbacks: 'Callbacks',
  journal: 'Journal',
  faults: 'Faults',
  sandbox: 'Sandbox',
};
