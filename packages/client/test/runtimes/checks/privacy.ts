import { type ClientEvent, ValidationError } from '@partner-ecosystem/client';
import { requests } from '@partner-ecosystem/openapi/examples';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { canaries, failure, type PortableCheck } from '../check.ts';

const person = { ...requests.createMerchant.customer, name: canaries.person };

/** Nothing that a program prints shows a secret or a person. */
export const privacyChecks: readonly PortableCheck[] = [
  {
    name: 'an error shows nothing that was sent or answered',
    async run(visit) {
      const { partner } = visit('quoting the request in an error');
      const error = await failure(partner.createMerchant(person), ValidationError);
      assertSame(canariesIn(error), []);
      assertSame(JSON.stringify(error.body()).includes(canaries.person), true);
    },
  },
  {
    name: 'the client shows neither its password nor its token',
    async run(visit) {
      const { partner } = visit('as documented');
      await partner.createMerchant(person);
      assertSame(canariesIn(partner), []);
    },
  },
  {
    name: 'events show nothing that was sent or answered',
    async run(visit) {
      const events: ClientEvent[] = [];
      const { partner } = visit('quoting the request in an error', {
        onEvent: (event) => events.push(event),
      });
      await failure(partner.createMerchant(person), ValidationError);
      assertSame(events.length > 0, true);
      assertSame(canariesIn(events), []);
    },
  },
];

/** Shows a value in every way that this runtime has. What the console prints, whoever started the runtime looks through. */
function canariesIn(value: object): string[] {
  console.error(value);
  const texts = [
    ...[String(value), JSON.stringify(value), JSON.stringify({ ...value })],
    JSON.stringify(value, Object.getOwnPropertyNames(value)),
    ...(value instanceof Error ? [value.stack, String(value.cause)] : []),
    inspected(value),
  ];
  return Object.values(canaries).filter((canary) => texts.join('\n').includes(canary));
}

/** With the inspection that Node, Bun and Deno have; elsewhere the console does it alone. */
function inspected(value: unknown): string {
  const util = globalThis.process?.getBuiltinModule?.('node:util');
  return util ? util.inspect(value, { depth: null, showHidden: true, getters: true }) : '';
}
