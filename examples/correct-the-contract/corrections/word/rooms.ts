import { deepEqual, equal } from 'node:assert/strict';
import { webhooks as examples } from '@partner-ecosystem/openapi/examples';
import { statusWords } from '@partner-ecosystem/openapi/operations';
import type { components } from '@partner-ecosystem/openapi/schema';
import { webhooks } from '@partner-ecosystem/openapi/validators';
import { onboard, setStage } from '../journey.ts';
import type { Rooms } from '../rooms.ts';

type Status = components['schemas']['Status'];
/** The words that the type suggests. It accepts any other word, too. */
type Suggested<Word> = Word extends string ? (string extends Word ? never : Word) : never;
export const known: 'approved' extends Suggested<Status> ? true : false = true;

const { status, decision, received } = await onboard(await setStage());

export const rooms: Rooms = {
  contract: () => {
    deepEqual(statusWords.accept, ['approved']);
    const { merchantSignup, merchantData } = examples.accept.accept;
    const approved = { merchantSignup, merchantData: { ...merchantData, status: 'approved' } };
    equal(webhooks.accept.validateKnown(approved).ok, true);
  },
  client: () => equal(decision, 'accept'),
  sandbox: () => equal(status, 'approved'),
  receiver: () =>
    deepEqual(
      received.map(({ event, verdict }) => [event, verdict]),
      [
        ['pending', 'valid'],
        ['accept', 'valid'],
      ],
    ),
  docs: ['events/accept', '`approved`'],
};
