/**
 * Names the callbacks that a command leaves as they are, because their rows are damaged. SQLite cannot drop some neighbours of
 * a damaged row either.
 */
export function createDamagedReport() {
  let count = 0;
  return {
    onDamaged: (id: string): void => {
      count += 1;
      process.stderr.write(`Left as it is, because of damage: ${id}\n`);
    },
    /** The exit code of the command. */
    exitCode: (): number => {
      if (count === 0) return 0;
      process.stderr.write(`Left: ${count} callbacks. Restore a backup, and run the command again.\n`);
      return 1;
    },
  };
}
