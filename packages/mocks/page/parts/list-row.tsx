import type { ComponentChildren } from 'preact';
import { useRouter } from '../session/use-route.ts';

interface ListRowProps {
  readonly id: string;
  readonly isSelected: boolean;
  /** Tab stops at one row only: five thousand stops would be no help. */
  readonly isTabStop: boolean;
  /** Shown before the link, such as a checkbox. */
  readonly mark?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A row of a list, with a link to the case, callback or entry with this id. */
export function ListRow({ id, isSelected, isTabStop, mark, children }: ListRowProps) {
  const { hrefTo } = useRouter();
  return (
    <div class={isSelected ? 'row selected' : 'row'}>
      {mark}
      <a href={hrefTo({ id })} tabIndex={isTabStop ? 0 : -1} aria-current={isSelected ? 'true' : undefined}>
        {children}
      </a>
    </div>
  );
}
