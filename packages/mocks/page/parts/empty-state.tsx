import type { ComponentChildren } from 'preact';
import type { Live } from '../session/use-live.ts';

interface EmptyStateProps {
  readonly title: string;
  /** What to do next. */
  readonly children?: ComponentChildren;
}

/** Says that there is nothing to show, and what to do next. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** Shows data after loading. Until then, says that the data is loading, or why the data cannot be loaded. */
export function WhenLoaded<Data>({
  live: { data, problem, reload },
  children,
}: {
  readonly live: Live<Data>;
  readonly children: (data: Data) => ComponentChildren;
}) {
  if (data !== undefined) return <>{children(data)}</>;
  if (problem === undefined)
    return (
      <p class="loading" aria-busy="true">
        Loading…
      </p>
    );
  return (
    <EmptyState title="The data could not be loaded.">
      <p>{problem}</p>
      <button type="button" onClick={reload}>
        Try again
      </button>
    </EmptyState>
  );
}
