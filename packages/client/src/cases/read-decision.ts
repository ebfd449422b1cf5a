/** What the back office says of a case, in the kit's own word. */
export type DecisionWord = 'accept' | 'reject';

/** The decision that a status stands for, if it stands for one. The provider varies its words: `accept`, `Accepted`. */
export function readDecision(status: string): DecisionWord | undefined {
  const [, word] = /^\s*(accept|reject)(ed)?\s*$/i.exec(status) ?? [];
  return word?.toLowerCase() as DecisionWord | undefined;
}
