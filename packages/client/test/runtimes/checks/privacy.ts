import { type ClientEvent, ValidationError } from '@partner-ecosystem/client';
import { requests } from '@partner-ecosystem/openapi/examples';
import { same } from '@partner-ecosystem/runtimes/same';
import { canaries } from '../canaries.ts';
import { type Check, failure } from '../check.ts';

const person = { ...requests.createMerchant.customer, name: canaries.person };

/** Nothing that a program prints shows a secret or a person. */
export const privacyChecks: readonly Check[] = [
  {
    name: 'an error shows nothing that was sent or answered',
    async run(visit) {
      const { partner } = visit('refusing and quoting');
      const error = await failure(partner.createMerchant(person), ValidationError);
      same(canariesIn(error), []);
      same(JSON.stringify(error.body()).includes(canaries.person), true);
    },
  },
  {
    name: 'the client shows neither its password nor its token',
    async run(visit) {
      const { partner } = visit('as documented');
      await partner.createMerchant(person);
      same(canariesIn(partner), []);
    },
  },
  {
    name: 'events show nothing that was sent or answered',
    async run(visit) {
      const events: ClientEvent[] = [];
      const { partner } = visit('refusing and quoting', { onEvent: (event) => events.push(event) });
      await failure(partner.createMerchant(person), ValidationError);
      same(events.length > 0, true);
      same(canariesIn(events), []);
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
