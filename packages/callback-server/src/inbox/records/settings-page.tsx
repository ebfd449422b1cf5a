import { Scroller } from '../frame/scroller.tsx';
import type { ShownSetting } from './shown-setting.ts';

/** The settings as they stand, without secrets. */
export function SettingsPage({ settings }: { readonly settings: readonly ShownSetting[] }) {
  return (
    <div class="sheet">
      <Scroller label="Settings">
        <table>
          <caption>
            Of a secret, the table says only whether it is set. A restart reads changed settings.
          </caption>
          <thead>
            <tr>
              <th scope="col">Setting</th>
              <th scope="col">Value</th>
              <th scope="col">What it is for</th>
            </tr>
          </thead>
          <tbody>
            {settings.map(({ name, value, help }) => (
              <tr>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td class="reference">{value}</td>
                <td class="quiet">{help}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}
