/** What an action has done, as the address of the next page says it: a fixed word and a number, so that no link can say more. */
const sentences = {
  redelivered: (count: string) => `Opened deliveries: ${count}. They are tried now.`,
  released: (count: string) => `Callbacks released from the quarantine: ${count}.`,
  'given-up': (count: string) => `Deliveries given up: ${count}.`,
  saved: () => 'Saved the filter.',
  removed: () => 'Removed the filter.',
};

type Done = keyof typeof sentences;

/** The address of a page that says what was done. */
export function withNotice(path: string, done: Done, count = 0): string {
  return `${path}${path.includes('?') ? '&' : '?'}done=${done}&count=${count}`;
}

/** The parameters that `withNotice` adds. */
export const noticeParameters: readonly string[] = ['done', 'count'];

export function Notice({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const { done = '', count = '' } = query;
  if (!Object.hasOwn(sentences, done) || !/^\d{1,12}$/.test(count)) return null;
  return (
    <p class="notice" role="status">
      {sentences[done as Done](count)}
    </p>
  );
}
