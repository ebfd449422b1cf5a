import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useRequestedFocus } from '../session/use-route.ts';

interface PanesProps {
  readonly listLabel: string;
  readonly list: ComponentChildren;
  readonly sheetLabel: string;
  /** Shows the selection, if there is one. A narrow window shows only the sheet, or without a selection only the list. */
  readonly sheet: ComponentChildren;
  /** Shown beside the list while nothing is selected. */
  readonly placeholder: ComponentChildren;
}

/** A list beside what is selected in it. A narrow window shows one of the two. */
export function Panes({ listLabel, list, sheetLabel, sheet, placeholder }: PanesProps) {
  const isSelected = Boolean(sheet);
  const pane = useRef<HTMLElement>(null);
  useRequestedFocus(pane, `${isSelected}`); // A heading in the sheet comes first, because it is deeper.
  return (
    <div class={isSelected ? 'panes selected' : 'panes'}>
      <section ref={pane} class="list-pane" aria-label={listLabel} data-focus-home tabIndex={-1}>
        {list}
      </section>
      <section class="sheet-pane" aria-label={sheetLabel} data-focus-home tabIndex={-1}>
        {isSelected ? sheet : placeholder}
      </section>
    </div>
  );
}

interface SheetHeadingProps {
  /** What the sheet shows. The heading takes the focus when this changes by a navigation that moves the focus. */
  readonly subject: string;
  readonly backHref: string;
  readonly backLabel: string;
  readonly children: ComponentChildren;
}

/** The heading of a sheet, and the way back to the list in a narrow window. */
export function SheetHeading({ subject, backHref, backLabel, children }: SheetHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useRequestedFocus(heading, subject);
  return (
    <>
      <a class="back" href={backHref}>
        ← {backLabel}
      </a>
      <h2 ref={heading} tabIndex={-1}>
        {children}
      </h2>
    </>
  );
}
