/** Runs a sequence of samples twice in a row: each sample must also work the second time. */
export async function runTwice(sequence: (round: 1 | 2) => Promise<void>): Promise<void> {
  await sequence(1);
  await sequence(2);
}
