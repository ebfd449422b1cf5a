/** Longer texts would hold up the browser. */
const maxCharacters = 200_000;

interface JsonViewProps {
  /** Names the text for screen readers. */
  readonly label: string;
  readonly text: string;
}

/** A long text that scrolls by itself, with its masks marked. */
export function JsonView({ label, text }: JsonViewProps) {
  const shown = text.slice(0, maxCharacters);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
      <pre class="json" tabindex={0} role="group" aria-label={label}>
        {shown.split(/("\[[\w -]+\][^"\n]*")/).map((part, index) => (index % 2 ? <mark>{part}</mark> : part))}
      </pre>
      {shown.length < text.length && (
        <p class="quiet">
          Shows the first {maxCharacters} of {text.length} characters.
        </p>
      )}
    </>
  );
}
