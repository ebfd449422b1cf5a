import type { Visitor } from '../access/visitor.ts';

/** Proves that a form was sent by a page of the visitor's session. */
export function CsrfField({ visitor }: { readonly visitor: Pick<Visitor, 'csrfToken'> }) {
  return <input type="hidden" name="csrf" value={visitor.csrfToken} />;
}
