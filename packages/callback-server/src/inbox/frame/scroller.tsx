import type { Child } from 'hono/jsx';

interface ScrollerProps {
  /** Names the part for screen readers. */
  readonly label: string;
  readonly children: Child;
}

/** A wide part that scrolls by itself. A keyboard can scroll it too, because it takes the focus. */
export function Scroller({ label, children }: ScrollerProps) {
  return (
    <section class="scroller" tabindex={0} aria-label={label}>
      {children}
    </section>
  );
}
