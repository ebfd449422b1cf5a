import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { type InboxVariables, thisMachine, type Visitor } from '../access/visitor.ts';
import { CsrfField } from './csrf-field.tsx';
import { documentOf } from './document-of.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { Notice } from './notice.tsx';

export type InboxContext = Context<InboxVariables>;

interface PageOptions {
  readonly title: string;
  /** Whether the page shows changes while it is open. A form or a revealed body must stay as it is. */
  readonly isLive?: boolean;
  readonly status?: 200 | 400 | 404 | 503;
}

const sections = [
  ['/inbox', 'Overview'],
  ['/inbox/callbacks', 'Callbacks'],
  ['/inbox/routes', 'Routes'],
  ['/inbox/merchants', 'Merchants'],
  ['/inbox/drift', 'Drift'],
  ['/inbox/audit', 'Audit'],
  ['/inbox/settings', 'Settings'],
] as const;

/** Responds with a page of the inbox. */
export function showPage(context: InboxContext, options: PageOptions, children: Child) {
  const { title, isLive = false, status = 200 } = options;
  // Missing if the visitor's session could not be read.
  const visitor: Visitor | undefined = context.var.visitor;
  return context.html(
    documentOf(
      title,
      <>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        {visitor && <Header path={context.req.path} visitor={visitor} isLive={isLive} />}
        <main id="main" tabindex={-1} data-live={isLive || undefined}>
          <h1>{title}</h1>
          {context.var.isDiskLow && (
            <p class="problem" role="alert">
              The disk of the database is almost full: the server refuses callbacks. Free space on it.
            </p>
          )}
          {visitor && <Notice query={context.req.query()} visitor={visitor} />}
          {children}
        </main>
        <footer class="quiet">
          All times are UTC. <span id="live-status" role="status" />
        </footer>
        <HelpDialog />
      </>,
    ),
    status,
  );
}

interface HeaderProps {
  readonly path: string;
  readonly visitor: Visitor;
  readonly isLive: boolean;
}

/** The script shows the buttons that only the script serves. */
function Header({ path, visitor, isLive }: HeaderProps) {
  return (
    <header class="top">
      <p class="brand">Callback inbox</p>
      <nav aria-label="Sections">
        {sections.map(([href, label]) => (
          <a href={href} aria-current={isWithin(path, href) ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <div class="top-tools">
        {isLive && (
          <button type="button" id="pause" aria-pressed="false" hidden>
            Pause updates
          </button>
        )}
        <button type="button" id="show-help" aria-keyshortcuts="?" hidden>
          Shortcuts
        </button>
        <form method="post" action="/inbox/sign-out" class="visitor">
          <CsrfField visitor={visitor} />
          <span>{visitor.name}</span>
          {visitor.name !== thisMachine && <button type="submit">Sign out</button>}
        </form>
      </div>
    </header>
  );
}

function isWithin(path: string, href: string): boolean {
  return path === href || (href !== '/inbox' && path.startsWith(`${href}/`));
}
