/** The headers of a request. The control API has masked secret values. */
export function HeaderList({ headers }: { readonly headers: { readonly [name: string]: string } }) {
  const entries = Object.entries(headers);
  if (entries.length === 0) return <p class="quiet">None.</p>;
  return (
    <dl class="facts">
      {entries.map(([name, value]) => (
        <>
          <dt key={name}>{name}</dt>
          <dd>
            <code>{value}</code>
          </dd>
        </>
      ))}
    </dl>
  );
}
