import { operations as evidence } from '@partner-ecosystem/openapi/evidence';
import { operations } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test } from 'vitest';
import { type Hover, openInEditor } from './editor.ts';

const program = `import { createPartnerClient, type OperationId } from '@partner-ecosystem/client';

export const first: OperationId = 'createPartner';
const partner = createPartnerClient({ environment: 'preproduction' });
`;
const calls = Object.keys(operations).flatMap((operationId) => [
  `void partner.${operationId};`,
  `void partner.raw.${operationId};`,
]);
const editor = openInEditor(program + calls.join('\n'));

const textOf = ({ tags }: Hover, tag: string) =>
  tags.flatMap(({ name, text }) => (name === tag ? [text] : [])).join('\n');

describe.each(Object.values(operations))('hovering $operationId', ({ operationId, method, path, errors }) => {
  const hovers = { method: editor.hover(`partner.${operationId}`), raw: editor.hover(`raw.${operationId}`) };

  test.each(Object.entries(hovers))(
    'shows path, evidence and repetition of the %s',
    (_, { documentation }) => {
      expect(documentation).toContain(`\`${method} ${path}\` is ${evidence[operationId].evidence}`);
      expect(documentation).toContain(evidence[operationId].basis);
      const isSafe = method === 'GET' || operationId === 'loginPartner';
      expect(documentation).toContain(isSafe ? 'Safe to repeat' : 'Not idempotent');
    },
  );

  test('shows a class of error for each documented status', () => {
    const thrown = textOf(hovers.method, 'throws');
    expect(Object.keys(errors).filter((status) => !new RegExp(`\\b${status}: `).test(thrown))).toEqual([]);
    expect(thrown.includes('OutcomeUnknownError')).toBe(
      hovers.method.documentation.includes('Not idempotent'),
    );
  });
});

test('every example compiles', () => {
  const examples = Object.keys(operations).flatMap((operationId) =>
    [`partner.${operationId}`, `raw.${operationId}`].map((method) => {
      const code = textOf(editor.hover(method), 'example').replaceAll(/```(ts)?/g, '');
      expect(code).toContain(`${method}(`);
      return `{${code}}`;
    }),
  );
  const bytes = 'declare const bytes: Uint8Array<ArrayBuffer>;';
  expect(openInEditor([program, bytes, ...examples].join('\n')).errors()).toEqual([]);
});

test('hovering createMerchant shows the input and the result', () => {
  const { signature } = editor.hover('partner.createMerchant');
  expect(signature).toMatch(/^\(property\) createMerchant: \(input: \{/);
  expect(signature).toContain('options?: CallOptions');
});
