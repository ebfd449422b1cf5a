import type { ComponentChildren } from 'preact';
import { useRouter } from '../session/use-route.ts';

interface ListRowProps {
  readonly id: string;
  readonly isSelected: boolean;
  /** Tab stops at one row only: five thousand stops would be no help. */
  readonly isTabStop: boolean;
  readonly children: ComponentChildren;
}

/** A row of a list, which leads to the thing with this id. */
export function ListRow({ id, isSelected, isTabStop, children }: ListRowProps) {
  const { hrefTo } = useRouter();
  return (
    <div class={isSelected ? 'row selected' : 'row'}>
      <a
        href={hrefTo({ id })}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        data-row={id}
      >
        {children}
      </a>
    </div>
  );
}
