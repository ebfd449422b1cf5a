/** Asks for a route that this server delivers to. */
export function RouteField({ routes }: { readonly routes: readonly string[] }) {
  return (
    <div class="field">
      <label for="route">Route</label>
      <select id="route" name="route" required>
        {routes.map((name) => (
          <option>{name}</option>
        ))}
      </select>
    </div>
  );
}
