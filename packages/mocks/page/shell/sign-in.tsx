import { useEffect, useRef, useState } from 'preact/hooks';
import { storeToken } from '../control/token.ts';

interface SignInProps {
  /** Whether the sandbox did not accept the last token. */
  readonly wasRefused: boolean;
  readonly onToken: (token: string) => void;
}

export function SignIn({ wasRefused, onToken }: SignInProps) {
  const [token, setToken] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    storeToken(token.trim());
    onToken(token.trim());
  };
  return (
    <main class="sign-in" data-focus-home tabIndex={-1}>
      <form class="sheet stack" onSubmit={submit}>
        <h1>Back office of the sandbox</h1>
        <p>
          The sandbox printed a control token, and an address with the token, when it started. The page keeps
          the token in this tab only.
        </p>
        {wasRefused && (
          <p class="problem" role="alert">
            This is not the control token of this sandbox. Use the token that the newest start printed.
          </p>
        )}
        <div class="field">
          <label for="token">Control token</label>
          <input
            ref={input}
            id="token"
            type="password"
            autocomplete="off"
            required
            spellcheck={false}
            value={token}
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        </div>
        <div class="buttons">
          <button type="submit" class="main">
            Open the back office
          </button>
        </div>
      </form>
    </main>
  );
}
