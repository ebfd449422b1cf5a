import { expect, test } from 'vitest';
import { fillCode } from '../../src/markdown/fill-code.ts';

const files: Readonly<Record<string, string>> = {
  'examples/first.ts': `import x from 'x';
// #region outer
async function main() {
  // #region create
  await partner.createMerchant({
    name: 'Asha Example',
  });
  // #endregion create
}
// #endregion outer
`,
  'examples/first.py': '# #region login\ntoken = 1\n# #endregion login\n',
  'examples/open.ts': '// #region left-open\n1;\n',
  'openapi/examples/createMerchant.created.yaml': 'summary: A merchant\nvalue: { id: "1" }\n',
};

async function readFile(path: string): Promise<string> {
  const file = files[path];
  if (file === undefined) throw new Error('no such file.');
  return file;
}

function fill(fence: string): Promise<string> {
  return fillCode('quick-start', `Before.\n\n${fence}\n\`\`\`\n\nAfter.\n`, readFile);
}

test('a region fills its block without indentation, under the name of the file', async () => {
  expect(await fill('```ts region="examples/first.ts#create"')).toBe(
    'Before.\n\n```ts title="first.ts"\nawait partner.createMerchant({\n  name: \'Asha Example\',\n});\n```\n\nAfter.\n',
  );
});

test('the marks of a nested region are not shown', async () => {
  const filled = await fill('```ts region="examples/first.ts#outer"');
  expect(filled).toContain(
    "async function main() {\n  await partner.createMerchant({\n    name: 'Asha Example',",
  );
  expect(filled).not.toContain('region');
});

test('a region of a Python file begins with a Python comment', async () => {
  expect(await fill('```py region="examples/first.py#login"')).toContain(
    '```py title="first.py"\ntoken = 1\n```',
  );
});

test('a block in a list keeps the indentation of the list', async () => {
  const filled = await fillCode(
    'x',
    '1. Log in:\n   ```py region="examples/first.py#login"\n   ```\n',
    readFile,
  );
  expect(filled).toBe('1. Log in:\n   ```py title="first.py"\n   token = 1\n   ```\n');
});

test('settings of a block that follow the reference are kept', async () => {
  expect(await fill('```py region="examples/first.py#login" {1}')).toContain('```py title="first.py" {1}\n');
});

test('an example of the contract fills its block as JSON', async () => {
  expect(await fill('```json example="createMerchant.created"')).toContain('```json\n{\n  "id": "1"\n}\n```');
});

test.each([
  ['```ts region="examples/none.ts#create"', 'no such file'],
  ['```ts region="examples/first.ts#none"', 'no region "none"'],
  ['```ts region="examples/open.ts#left-open"', 'no end'],
  ['```json example="createMerchant.none"', 'no such file'],
])('%s fails the build, with the page and the reference', async (fence, cause) => {
  const failure = expect(fill(fence)).rejects;
  await failure.toThrow(cause);
  await failure.toThrow(`quick-start shows ${/\w+="[^"]+"/.exec(fence)?.[0].replace('=', ' ')}`);
});
