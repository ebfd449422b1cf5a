/** The keys that the script handles, and what they do. */
const shortcuts = [
  ['j', 'next row, or the next older callback'],
  ['k', 'previous row, or the next newer callback'],
  ['o', 'open the row'],
  ['x', 'select the row'],
  ['/', 'search'],
  ['g o', 'go to the overview'],
  ['g c', 'go to the callbacks'],
  ['g r', 'go to the routes'],
  ['g m', 'go to the merchants'],
  ['g d', 'go to the drift'],
  ['g a', 'go to the audit'],
  ['g s', 'go to the settings'],
  ['p', 'pause or resume updates'],
  ['?', 'show this list'],
] as const;

export function HelpDialog() {
  return (
    <dialog id="help" aria-labelledby="help-title">
      <h2 id="help-title">Shortcuts</h2>
      <table>
        <caption>Keys, wherever you do not type text</caption>
        <tbody>
          {shortcuts.map(([keys, does]) => (
            <tr>
              <th scope="row">
                <kbd>{keys}</kbd>
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <form method="dialog">
        <label class="check">
          <input type="checkbox" id="use-shortcuts" checked /> Use these shortcuts
        </label>
        <button type="submit" class="main">
          Close
        </button>
      </form>
    </dialog>
  );
}
