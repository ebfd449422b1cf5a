import { operationsOf } from '../../../../openapi/generate/contract/operations.ts';
import { contract, tagOf } from '../contract/contract.ts';
import { createItem } from './create-item.ts';
import { variables } from './variables.ts';

const description = `The operations of the Partner Ecosystem API. Send them in their order, each with its example.

The addresses are those of a sandbox on your machine: \`npx @partner-ecosystem/mocks\`. Copy the administrator's token
that the sandbox prints into the variable \`administratorToken\`. The responses fill in the partner's token, and the ids of
the partner and the merchant.

For the provider, change the addresses, the realm and the flow. Enter real tokens and passwords only where Postman keeps
them on your machine.`;

/** The contract as a Postman collection. It holds no secret, and two builds have the same bytes. */
export function createCollection() {
  const operations = operationsOf(contract);
  const tags = new Set(operations.map(tagOf));
  return {
    info: {
      name: 'Partner Ecosystem API',
      description,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: variables,
    item: [...tags].map((tag) => ({
      name: tag,
      item: operations.filter((operation) => tagOf(operation) === tag).map(createItem),
    })),
  };
}
