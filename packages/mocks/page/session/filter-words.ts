/** The words that a filter allows. `undefined`: any text. */
type Words = readonly string[] | undefined;

export const responseWords = ['success', 'client error', 'server error', 'no response'] as const;

/** The filters of each view, in the order of the page. */
export const filterWords = {
  cases: { status: ['pending', 'draft', 'new', 'accept', 'reject'], search: undefined },
  callbacks: {
    event: ['accept', 'reject', 'pending'],
    delivery: ['waiting', 'delivered', 'failed', 'dropped'],
    search: undefined,
  },
  journal: {
    kind: ['request', 'move', 'callback'],
    response: responseWords,
    fidelity: ['documented', 'observed', 'assumed'],
    merchant: undefined,
    search: undefined,
  },
  faults: {},
  sandbox: {},
} as const satisfies { readonly [view: string]: { readonly [filter: string]: Words } };

/** Whether a view has a filter with this value. */
export function isFilter(view: keyof typeof filterWords, name: string, value: string): boolean {
  const filters: { readonly [filter: string]: Words } = filterWords[view];
  return Object.hasOwn(filters, name) && (filters[name]?.includes(value) ?? true);
}
