/** A part of a bar: its class decides the colour. */
export interface BarPart {
  readonly tone: string;
  readonly share: number;
}

/** A bar of parts, side by side. Text beside it says the same. */
export function Bar({ parts }: { readonly parts: readonly BarPart[] }) {
  let x = 0;
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="empty" width="100" height="8" />
      {parts.map(({ tone, share }) => {
        const width = Math.min(100 - x, 100 * share);
        x += width;
        return <rect class={tone} x={x - width} width={width} height="8" />;
      })}
    </svg>
  );
}
