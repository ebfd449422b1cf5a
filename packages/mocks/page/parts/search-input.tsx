import { useRef } from 'preact/hooks';
import { useShortcuts } from '../session/shortcuts.ts';

interface SearchInputProps {
  readonly label: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
  /** Called on Enter: leads to the first result. */
  readonly onEnter: () => void;
}

/** A search field that `/` focuses and Escape empties. */
export function SearchInput({ label, value, onSearch, onEnter }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({
    search: () => {
      input.current?.focus();
      input.current?.select();
    },
  });
  return (
    <input
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      aria-keyshortcuts="/"
      spellcheck={false}
      autocomplete="off"
      value={value}
      onInput={({ currentTarget }) => onSearch(currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onSearch('');
        if (key === 'Enter') onEnter();
      }}
    />
  );
}
