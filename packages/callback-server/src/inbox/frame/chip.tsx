/** How good or bad a word of the callback server is. Words that are neither have no tone. */
const tones: Readonly<Record<string, 'good' | 'bad' | 'busy' | 'waiting' | 'aside'>> = {
  valid: 'good',
  drift: 'waiting',
  invalid: 'bad',
  unparsable: 'bad',
  confirmed: 'good',
  unconfirmed: 'waiting',
  quarantined: 'bad',
  released: 'aside',
  recovered: 'aside',
  due: 'busy',
  claimed: 'busy',
  taken: 'good',
  dead: 'bad',
  closed: 'good',
  'half-open': 'waiting',
  open: 'bad',
  'not here': 'waiting',
  'in-step': 'good',
  overdue: 'waiting',
  unverifiable: 'bad',
};

interface ChipProps {
  /** A verdict, or a state. It decides the colour. */
  readonly word: string;
  /** Text before the word. */
  readonly of?: string;
}

/** A word about the state of a thing. */
export function Chip({ word, of }: ChipProps) {
  const tone = Object.hasOwn(tones, word) ? tones[word] : '';
  return (
    <span class={`chip ${tone}`}>
      {of && `${of} `}
      {word.replace('-', ' ')}
    </span>
  );
}
