import { startSandbox } from '@partner-ecosystem/mocks/node';
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, onTestFinished, test } from 'vitest';
import { createCollection } from '../../src/collection/create-collection.ts';

const collection = createCollection();
const items = collection.item.flatMap(({ item }) => item);
type Item = (typeof items)[number];

/** Sends the request of an item as Postman does: with the variables, and then its script. */
async function send({ request, event }: Item, variables: Map<string, string | undefined>): Promise<number> {
  const fill = (text: string) => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => variables.get(name) ?? '');
  const response = await fetch(fill(request.url), {
    method: request.method,
    headers: request.header.map(({ key, value }): [string, string] => [key, fill(value)]),
    ...(request.body && { body: bodyOf(request.body, fill) }),
  });
  const body: unknown = await response.json();
  const pm = { response: { code: response.status, json: () => body }, collectionVariables: variables };
  for (const { script } of event ?? []) new Function('pm', script.exec.join('\n'))(pm);
  return response.status;
}

function bodyOf(body: NonNullable<Item['request']['body']>, fill: (text: string) => string) {
  if ('raw' in body) return fill(body.raw);
  const form = new FormData();
  for (const { key, ...field } of body.formdata)
    form.set(key, 'value' in field ? field.value : new Blob(['not an image']));
  return form;
}

test('each request of the Postman collection succeeds in a sandbox, in order, twice in a row', async () => {
  const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(close);
  for (const attempt of [1, 2]) {
    sandbox.reset();
    const defaults = collection.variable.map(({ key, value }): [string, string | undefined] => [
      key,
      value?.replace('http://127.0.0.1:4010', url),
    ]);
    const variables = new Map([...defaults, ['administratorToken', sandbox.fixtures.administratorToken]]);
    for (const item of items) expect(await send(item, variables), `${item.name}, ${attempt}`).toBe(200);
    expect(sandbox.journal().flatMap((entry) => ('violations' in entry ? entry.violations : []))).toEqual([]);
  }
});

test('the Postman collection has each operation once', () => {
  expect(items.map(({ name }) => name).toSorted()).toEqual(Object.keys(operations).toSorted());
});

test('a request names each host, id and token of a user by its variable', () => {
  const sent = JSON.stringify(items.map(({ request: { url, header, body } }) => ({ url, header, body })));
  for (const { value } of collection.variable) if (value) expect(sent).not.toContain(value);
  const used = new Set([...sent.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
  expect([...used].toSorted()).toEqual(collection.variable.map(({ key }) => key).toSorted());
});

test('an error response changes no variable of the Postman collection', async () => {
  const { url, close } = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(close);
  const login = items.find(({ name }) => name === 'loginPartner') as Item;
  const variables = new Map<string, string | undefined>([
    ['goUrl', url],
    ['username', 'nobody'],
    ['password', 'Not-a-real-password-9'],
    ['partnerToken', 'kept'],
  ]);
  expect(await send(login, variables)).toBe(401);
  expect(variables.get('partnerToken')).toBe('kept');
});

test('the Postman collection holds no token', () => {
  const tokens = collection.variable.filter(({ key }) => key.endsWith('Token'));
  expect(tokens.map(({ value }) => value)).toEqual(['', '']);
});
