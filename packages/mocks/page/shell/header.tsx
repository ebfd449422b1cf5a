import { viewNames } from '../session/route.ts';
import { useRouter } from '../session/use-route.ts';
import { ClockPanel } from './clock-panel.tsx';
import { viewLabels } from './view-labels.ts';

interface HeaderProps {
  /** Whether the clock of the sandbox is known. */
  readonly isOpen: boolean;
  readonly showHelp: () => void;
  /** Moves the focus past the header. */
  readonly skip: () => void;
}

export function Header({ isOpen, showHelp, skip }: HeaderProps) {
  const { route, hrefTo } = useRouter();
  const words = route.sandboxId === 'default' ? 'sandbox' : `sandbox ${route.sandboxId}`;
  return (
    <header class="top">
      <button type="button" class="skip" onClick={skip}>
        Skip to the content
      </button>
      <h1>
        Back office{' '}
        <span class="badge" title={words}>
          {words}
        </span>
      </h1>
      <nav aria-label="Views">
        {viewNames.map((view) => (
          <a
            key={view}
            href={hrefTo({ view, id: undefined, filters: {} })}
            aria-current={view === route.view ? 'page' : undefined}
          >
            {viewLabels[view]}
          </a>
        ))}
      </nav>
      <div class="top-tools">
        {isOpen && <ClockPanel />}
        <button
          type="button"
          aria-label="Shortcuts"
          title="Shortcuts"
          aria-keyshortcuts="?"
          onClick={showHelp}
        >
          ?
        </button>
      </div>
    </header>
  );
}
