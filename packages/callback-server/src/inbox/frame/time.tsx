/** A time, such as `2026-01-31 12:00:00`. Each page says that times are UTC. */
export function Time({ at }: { readonly at: Date }) {
  const text = at.toISOString();
  return <time datetime={text}>{text.slice(0, 19).replace('T', ' ')}</time>;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A length of time, such as `3 h`. The script finds a page unchanged if only such texts differ. */
export function Duration({ milliseconds }: { readonly milliseconds: number }) {
  return (
    <time datetime={`PT${Math.round(milliseconds / 1000)}S`}>{durationWords(Math.max(0, milliseconds))}</time>
  );
}

function durationWords(milliseconds: number): string {
  const [unit, length] = units.find(([, each]) => milliseconds >= each) ?? ['ms', 1];
  return `${Math.floor(milliseconds / length)} ${unit}`;
}
