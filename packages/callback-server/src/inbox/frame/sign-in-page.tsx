import type { SignInPage } from '../access/sign-in.ts';
import { documentOf } from './document-of.tsx';

/** The page on which a visitor signs in. */
export function renderSignIn({ asksFor, next, problem }: SignInPage) {
  return documentOf(
    'Sign in',
    <main class="sign-in">
      <h1>Callback inbox</h1>
      <form method="post" action="/inbox/sign-in" class="sheet">
        {problem && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <input type="hidden" name="next" value={next} />
        {asksFor === 'password' && (
          <div class="field">
            <label for="name">Name</label>
            <input id="name" name="name" required autocomplete="username" />
          </div>
        )}
        <div class="field">
          <label for="secret">{asksFor === 'password' ? 'Password' : 'Admin token'}</label>
          <input id="secret" name="secret" type="password" required autocomplete="current-password" />
        </div>
        <button type="submit" class="main">
          Sign in
        </button>
      </form>
    </main>,
  );
}
