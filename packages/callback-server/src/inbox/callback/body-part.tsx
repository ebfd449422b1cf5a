import type { BodyState } from '../../callback/kept-callback.ts';
import { CsrfField } from '../frame/csrf-field.tsx';
import { JsonView } from '../frame/json-view.tsx';
import { maskedText } from './masked-text.ts';
import type { ShownCallback } from './shown-callback.ts';

const held: { readonly [State in BodyState]: string } = {
  body: 'The exact body is stored.',
  masked: 'A purge has replaced the body by this masked copy.',
  nothing: 'The merchant was erased: nothing of the body is left.',
  unreadable: 'The body is damaged, or this server lacks its master key.',
};

/** The body: masked or, after a reveal, as it was received. */
export function BodyPart({ callback, visitor, query, revealed, problem }: Omit<ShownCallback, 'neighbours'>) {
  const isRevealable = callback.held === 'body' && visitor.roles.includes('revealer');
  if (revealed !== undefined)
    return (
      <section class="sheet revealed" aria-labelledby="body-title">
        <h2 id="body-title">The body, revealed</h2>
        <p>It contains personal data. The audit names you, and your reason.</p>
        <JsonView label="The body, revealed" text={revealed} />
        <a class="button" id="mask" href={`/inbox/callbacks/${callback.id}?${query}`}>
          Mask it again
        </a>
      </section>
    );
  return (
    <section class="sheet" aria-labelledby="body-title">
      <h2 id="body-title">The body, masked</h2>
      <p class="quiet">
        {held[callback.held]} {callback.bodyBytes} bytes were received.
      </p>
      {callback.masked !== null && (
        <JsonView
          label="The body, masked"
          text={maskedText(callback.masked, [callback.merchantId, callback.signzyAppId])}
        />
      )}
      {isRevealable && (
        <form method="post" action={`/inbox/callbacks/${callback.id}/reveal?${query}`} class="stack">
          <CsrfField visitor={visitor} />
          <div class="field">
            <label for="reason">Reason to reveal the body, for the audit</label>
            <input
              id="reason"
              name="reason"
              required
              minlength={3}
              maxlength={200}
              aria-describedby={problem ? 'reason-problem reason-hint' : 'reason-hint'}
              aria-invalid={problem ? 'true' : undefined}
            />
            <p class="hint" id="reason-hint">
              3 to 200 characters, without personal data.
            </p>
            {problem && (
              <p class="problem" id="reason-problem" role="alert">
                {problem}
              </p>
            )}
          </div>
          <button type="submit">Reveal</button>
        </form>
      )}
    </section>
  );
}
