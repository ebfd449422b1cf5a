import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** The index of the selected row, which stays in view and in the document. -1 for none. */
  readonly selected: number;
  /** Called for the arrow keys: moves the selection by one row. */
  readonly onMove: (offset: 1 | -1) => void;
  readonly children: (item: Item, index: number) => ComponentChildren;
}

/** In pixels, as in the style sheet. */
const rowHeight = 64;
const rowsAround = 6;

/** A list that creates only the rows in view, so that five thousand rows are as fast as fifty. */
export function VirtualList<Item>({
  label,
  items,
  keyOf,
  selected,
  onMove,
  children,
}: VirtualListProps<Item>) {
  const { box, top, height } = useScroll();
  useLayoutEffect(() => {
    const element = box.current;
    if (element && selected >= 0) showRow(element, selected);
  }, [box, selected]);

  useArrowKeys(box, onMove);
  const first = Math.max(0, Math.floor(top / rowHeight) - rowsAround);
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeight) + rowsAround);
  const indexes = Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset);
  // The focus may be in the selected row while a mouse scrolls the row out of view.
  if (selected >= 0 && selected < first) indexes.unshift(selected);
  if (selected >= last && selected < items.length) indexes.push(selected);
  return (
    <div class="virtual" ref={box}>
      <ul aria-label={label} style={{ height: `${items.length * rowHeight}px` }}>
        {indexes.map((index) => {
          const item = items[index];
          return (
            item !== undefined && (
              <li
                key={keyOf(item)}
                data-index={index}
                aria-setsize={items.length}
                aria-posinset={index + 1}
                style={{ top: `${index * rowHeight}px` }}
              >
                {children(item, index)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

/** Scrolls a row into view. If the focus is in the list, the row takes the focus. */
function showRow(box: HTMLElement, index: number): void {
  const start = index * rowHeight;
  if (start < box.scrollTop) box.scrollTop = start;
  else if (start + rowHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = start + rowHeight - box.clientHeight;
  if (box.contains(document.activeElement))
    box.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus({ preventScroll: true });
}

function useArrowKeys(box: RefObject<HTMLElement | null>, onMove: (offset: 1 | -1) => void): void {
  const latest = useRef(onMove);
  latest.current = onMove;
  useLayoutEffect(() => {
    const element = box.current;
    const move = (event: KeyboardEvent) => {
      const offset = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
      if (offset === undefined) return;
      event.preventDefault(); // The list would scroll away from the selected row.
      latest.current(offset);
    };
    element?.addEventListener('keydown', move);
    return () => element?.removeEventListener('keydown', move);
  }, [box]);
}

/** Follows how far an element is scrolled, and how much of it is in view. */
function useScroll() {
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 900 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setScroll({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  return { box, ...scroll };
}
