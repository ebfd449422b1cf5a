import { type ClientEvent, ValidationError } from '@partner-ecosystem/client';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { canaries, merchant } from '../../support/example-input.ts';
import { failure, type PortableCheck } from './check.ts';

const person = { ...merchant, name: canaries.person };

/** Nothing that a program prints shows a secret or personal data. */
export const privacyChecks: readonly PortableCheck[] = [
  {
    name: 'an error shows no content of the request or the response',
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
    name: 'events show no content of the request or the response',
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

/** Prints a value in every way of this runtime. The output of the console is checked outside the runtime. */
function canariesIn(value: object): string[] {
  console.error(value);
  const texts = [
    String(value),
    JSON.stringify(value),
    JSON.stringify({ ...value }),
    JSON.stringify(value, Object.getOwnPropertyNames(value)),
    ...(value instanceof Error ? [value.stack, String(value.cause)] : []),
    inspect(value),
  ];
  return Object.values(canaries).filter((canary) => texts.join('\n').includes(canary));
}

/** Node, Bun and Deno have `inspect`. Elsewhere only the console inspects. */
function inspect(value: unknown): string {
  const util = globalThis.process?.getBuiltinModule?.('node:util');
  return util ? util.inspect(value, { depth: null, showHidden: true, getters: true }) : '';
}
