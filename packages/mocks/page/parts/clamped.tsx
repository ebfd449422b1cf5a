/** A text of a partner, which can be very long: a few lines of it, and all of it as a title. */
export function Clamped({ text }: { readonly text: string }) {
  return (
    <span class="clamped" title={text}>
      {text}
    </span>
  );
}
