import type { WholeCallback } from '../../callback/kept-callback.ts';
import { Chip } from '../frame/chip.tsx';
import { JsonView } from '../frame/json-view.tsx';
import { plainPointer, plainWord } from '../frame/plain-word.ts';
import { Scroller } from '../frame/scroller.tsx';
import { Time } from '../frame/time.tsx';
import { isListable } from '../list/list-query.ts';
import { BodyPart } from './body-part.tsx';
import { DeliveryTable } from './delivery-table.tsx';
import { maskedText } from './masked-text.ts';
import type { ShownCallback } from './shown-callback.ts';
import { timelineOf } from './timeline.ts';

export function CallbackPage({ callback, visitor, query, neighbours, revealed, problem }: ShownCallback) {
  const { pulled, violations } = callback;
  const isOperator = visitor.roles.includes('operator');
  return (
    <>
      <Steps neighbours={neighbours} query={query} />
      <div class="columns">
        <section class="sheet" aria-labelledby="facts-title">
          <h2 id="facts-title">What it is</h2>
          <Facts callback={callback} />
          {violations.length > 0 && <Violations violations={violations} />}
        </section>
        <section class="sheet" aria-labelledby="timeline-title">
          <h2 id="timeline-title">What happened</h2>
          <Timeline callback={callback} isRevealed={revealed !== undefined} />
          <DeliveryTable callback={callback} isOperator={isOperator} />
        </section>
        <BodyPart callback={callback} visitor={visitor} query={query} revealed={revealed} problem={problem} />
        {pulled !== undefined && (
          <section class="sheet" aria-labelledby="pulled-title">
            <h2 id="pulled-title">The pulled document, masked</h2>
            <JsonView
              label="The pulled document, masked"
              text={maskedText(pulled, [callback.merchantId, callback.signzyAppId])}
            />
          </section>
        )}
      </div>
    </>
  );
}

/** The links to the list, and to the callbacks before and after this callback. */
function Steps({ neighbours: { newer, older }, query }: Pick<ShownCallback, 'neighbours' | 'query'>) {
  return (
    <nav class="pager" aria-label="Neighbours">
      <a class="button" id="to-list" href={`/inbox/callbacks?${query}`}>
        List
      </a>
      {newer && (
        <a class="button" rel="prev" id="newer" href={`/inbox/callbacks/${newer}?${query}`}>
          Newer
        </a>
      )}
      {older && (
        <a class="button" rel="next" id="older" href={`/inbox/callbacks/${older}?${query}`}>
          Older
        </a>
      )}
    </nav>
  );
}

function Facts({ callback }: Pick<ShownCallback, 'callback'>) {
  const { id, event, status, verdict, merchantId, signzyAppId, receivedAt, seenCount, confirmation } =
    callback;
  const facts = [
    ['Id', <code>{id}</code>],
    ['Event', event],
    ['Status', status && plainWord(status)],
    ['Verdict', <Chip word={verdict} />],
    ['Confirmation', confirmation && <Chip word={confirmation.state} />],
    [
      'Merchant',
      merchantId && isListable(merchantId) ? (
        <a id="of-merchant" href={`/inbox/callbacks?${new URLSearchParams({ merchantId })}`}>
          {merchantId}
        </a>
      ) : (
        merchantId && shorten(merchantId)
      ),
    ],
    ['Case reference', signzyAppId && shorten(signzyAppId)],
    ['Received', <Time at={receivedAt} />],
    ['Receipts', seenCount],
    ['SHA-256', callback.bodySha256 && <code>{callback.bodySha256}</code>],
  ] as const;
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <div class="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** A sender chooses these texts, and a long one would hide the page. */
function shorten(text: string): string {
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}

const maxShown = 200;
const maxViolations = 100;

function Violations({ violations }: Pick<WholeCallback, 'violations'>) {
  return (
    <Scroller label="Violations">
      <table>
        <caption>Violations of the contract{violations.length > maxViolations && ', the first 100'}</caption>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Kind</th>
            <th scope="col">The contract says</th>
          </tr>
        </thead>
        <tbody>
          {violations.slice(0, maxViolations).map(({ pointer, keyword, expected, word }) => (
            <tr>
              <th scope="row">
                <code>{plainPointer(pointer) || 'the whole body'}</code>
              </th>
              <td>{keyword}</td>
              <td>
                {expected}
                {word !== undefined && <span class="quiet"> (new word: {plainWord(word)})</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function Timeline({
  callback,
  isRevealed,
}: Pick<ShownCallback, 'callback'> & { readonly isRevealed: boolean }) {
  return (
    <ol class="timeline">
      {timelineOf(callback, isRevealed).map(({ at, subject, word, text }) => (
        <li>
          <Time at={at} />
          <p>
            <strong>{subject}</strong> {word && <Chip word={word} />} <span class="quiet">{text}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}
