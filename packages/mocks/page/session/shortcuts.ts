import { useLayoutEffect, useRef } from 'preact/hooks';

/** Every shortcut: its key, and what it does. The dialog of the shortcuts shows this list. */
export const shortcuts = {
  next: { key: 'j', does: 'Select the next row' },
  previous: { key: 'k', does: 'Select the previous row' },
  search: { key: '/', does: 'Search' },
  accept: { key: 'a', does: 'Accept the case' },
  reject: { key: 'r', does: 'Reject the case' },
  askForMore: { key: 'm', does: 'Ask the merchant for more' },
  reverse: { key: 'v', does: 'Reverse the decision' },
  mark: { key: 'x', does: 'Mark the case for a decision about several cases' },
  undo: { key: 'u', does: 'Undo, or what the newest message offers' },
  cases: { key: '1', does: 'Go to the cases' },
  callbacks: { key: '2', does: 'Go to the callbacks' },
  journal: { key: '3', does: 'Go to the journal' },
  faults: { key: '4', does: 'Go to the faults' },
  sandbox: { key: '5', does: 'Go to the sandbox' },
  help: { key: '?', does: 'Show the shortcuts' },
} as const;

export type ShortcutName = keyof typeof shortcuts;
type Handlers = { readonly [Name in ShortcutName]?: (() => void) | undefined };

const storageKey = 'shortcuts';
const active = new Set<{ readonly current: Handlers }>();

/** Whether single keys do something. People who dictate to their computer can switch the keys off. */
export function areShortcutsOn(): boolean {
  return localStorage.getItem(storageKey) !== 'off';
}

export function switchShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, 'off');
}

/** Handles shortcuts while the component is shown. A key that follows the first paint is not lost. */
export function useShortcuts(handlers: Handlers): void {
  const current = useRef(handlers);
  current.current = handlers;
  useLayoutEffect(() => {
    active.add(current);
    return () => {
      active.delete(current);
    };
  }, []);
}

/** Listens to the keyboard. Only the root of the page calls this function. */
export function useShortcutKeys(): void {
  useLayoutEffect(() => {
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, []);
}

function handleKey(event: KeyboardEvent): void {
  const { key, defaultPrevented, ctrlKey, metaKey, altKey, target } = event;
  if (defaultPrevented || ctrlKey || metaKey || altKey || isTyping(target)) return;
  if (!areShortcutsOn() || document.querySelector('dialog[open], :popover-open')) return;
  const name = shortcutNames.find((each) => shortcuts[each].key === key);
  if (name === undefined) return;
  const handler = [...active].map(({ current }) => current[name]).findLast((each) => each !== undefined);
  if (!handler) return;
  event.preventDefault(); // A key that opens a dialog must not arrive in its text field.
  handler();
}

// `Object.keys` widens the keys to `string`.
const shortcutNames = Object.keys(shortcuts) as ShortcutName[];

const checkable = ['checkbox', 'radio', 'button'];

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !checkable.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
