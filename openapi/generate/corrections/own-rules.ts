/**
 * Lint rules about our own contract: its table of facts, and the verbs of its operations. A correction has its own
 * facts and verbs.
 */
export const ownRules = ['partner/agrees-with-facts', 'partner/operation-id-verb-noun'];
