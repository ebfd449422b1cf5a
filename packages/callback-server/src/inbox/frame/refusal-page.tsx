import { documentOf } from './document-of.tsx';

/** A page that says why a request is refused. Its reader may not be signed in. */
export function renderRefusal(problem: string) {
  return documentOf(
    'Not possible',
    <main class="sign-in">
      <h1>Not possible</h1>
      <div class="sheet">
        <p class="problem" role="alert">
          {problem}
        </p>
        <p>
          <a href="/inbox">Go to the overview</a>
        </p>
      </div>
    </main>,
  );
}
