import type { Child } from 'hono/jsx';
import { type Fields, HiddenFields } from './confirm-form.tsx';

interface CountFormProps {
  /** The page of the dry run. */
  readonly action: string;
  readonly fields: Fields;
  /** Says which callbacks are asked for. */
  readonly asked: string;
  /** Names of the routes that this server delivers to. */
  readonly routes: readonly string[];
  /** Further fields. */
  readonly children?: Child;
}

/** Asks for the route of an action. The next page is the dry run, which counts. */
export function CountForm({ action, fields, asked, routes, children }: CountFormProps) {
  return (
    <form action={action} class="sheet">
      <HiddenFields fields={fields} />
      <p>{asked}</p>
      <div class="field">
        <label for="route">Route</label>
        <select id="route" name="route" required>
          {routes.map((name) => (
            <option>{name}</option>
          ))}
        </select>
      </div>
      {children}
      <div class="buttons">
        <button type="submit" class="main">
          Count them
        </button>
        <a class="button" href="/inbox/callbacks">
          Cancel
        </a>
      </div>
    </form>
  );
}
