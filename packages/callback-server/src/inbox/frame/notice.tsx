import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Visitor } from '../access/visitor.ts';

/**
 * What an action has done. The address of the next page contains only a fixed word and a number, so that no link can say
 * more.
 */
const sentences = {
  redelivered: (count: string) => `Opened deliveries: ${count}. They are tried now.`,
  released: (count: string) => `Callbacks released from the quarantine: ${count}.`,
  'given-up': (count: string) => `Deliveries given up: ${count}.`,
  saved: () => 'Saved the filter.',
  removed: () => 'Removed the filter.',
};

type Done = keyof typeof sentences;

/** The address of a page that says what a visitor has done. The proof keeps others from making such an address. */
export function withNotice(visitor: Pick<Visitor, 'csrfToken'>, path: string, done: Done, count = 0): string {
  const proof = proofOf(visitor, done, `${count}`).toString('base64url');
  const notice = new URLSearchParams({ done, count: `${count}`, proof });
  return `${path}${path.includes('?') ? '&' : '?'}${notice}`;
}

/** The parameters that `withNotice` adds. */
export const noticeParameters: readonly string[] = ['done', 'count', 'proof'];

interface NoticeProps {
  readonly query: Readonly<Record<string, string>>;
  readonly visitor: Pick<Visitor, 'csrfToken'>;
}

export function Notice({ query, visitor }: NoticeProps) {
  const { done = '', count = '', proof = '' } = query;
  const [given, right] = [Buffer.from(proof, 'base64url'), proofOf(visitor, done, count)];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return (
    <p class="notice" role="status">
      {sentences[done as Done](count)}
    </p>
  );
}

/** Keyed with a secret of the visitor's session. */
function proofOf({ csrfToken }: Pick<Visitor, 'csrfToken'>, done: string, count: string): Buffer {
  return createHmac('sha256', csrfToken)
    .update(JSON.stringify(['notice', done, count]))
    .digest();
}
