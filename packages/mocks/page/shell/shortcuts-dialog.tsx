import { useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { areShortcutsOn, shortcuts, switchShortcuts } from '../session/shortcuts.ts';

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const [isOn, setIsOn] = useState(areShortcutsOn());
  const toggle = () => {
    switchShortcuts(!isOn);
    setIsOn(!isOn);
  };
  return (
    <Dialog title="Shortcuts" onClose={onClose}>
      <table class="values">
        <caption>Keys, wherever you do not type text</caption>
        <tbody>
          {Object.values(shortcuts).map(({ key, does }) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label class="check">
        <input type="checkbox" checked={isOn} onChange={toggle} /> Use these shortcuts
      </label>
      <div class="buttons">
        <button type="button" class="main" autofocus onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
