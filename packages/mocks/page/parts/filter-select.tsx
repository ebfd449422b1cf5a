import { useId } from 'preact/hooks';

interface FilterSelectProps {
  readonly label: string;
  /** The empty string selects everything. */
  readonly value: string;
  readonly options: readonly string[];
  readonly onSelect: (value: string) => void;
}

/** Selects one value of a filter, or all. */
export function FilterSelect({ label, value, options, onSelect }: FilterSelectProps) {
  const id = useId();
  return (
    <div class="filter-select">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onSelect(currentTarget.value)}>
        <option value="">all</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}
