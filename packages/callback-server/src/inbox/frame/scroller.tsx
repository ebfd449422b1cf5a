import type { Child } from 'hono/jsx';

interface ScrollerProps {
  /** Names the part for screen readers. */
  readonly label: string;
  readonly children: Child;
}

/** A wide part that scrolls by itself, also by keyboard. */
export function Scroller({ label, children }: ScrollerProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard can then scroll the part
    <section class="scroller" tabindex={0} aria-label={label}>
      {children}
    </section>
  );
}
