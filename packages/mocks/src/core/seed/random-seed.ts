/** Draws a seed that no other sandbox has. */
export function randomSeed(): string {
  const words = crypto.getRandomValues(new Uint32Array(3));
  return [...words].map((word) => word.toString(36)).join('');
}
