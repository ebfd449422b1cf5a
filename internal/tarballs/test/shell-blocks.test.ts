import { expect, test } from 'vitest';
import { shellBlocks } from '../readmes/shell-blocks.ts';

const readme = `
\`\`\`sh
export TOKEN=none
npx @partner-ecosystem/callback-server serve  # listens
\`\`\`

\`\`\`ts
export const text = '<html>';
\`\`\`

\`\`\`sh
curl --header "<token>" http://127.0.0.1:1/
\`\`\`
`;

test('later blocks keep the exports of earlier ones, a server is known, and so is what a reader fills in', () => {
  expect(shellBlocks(readme)).toEqual([
    {
      script: 'export TOKEN=none\nnpx @partner-ecosystem/callback-server serve  # listens',
      serves: true,
    },
    {
      script: 'export TOKEN=none\ncurl --header "<token>" http://127.0.0.1:1/',
      serves: false,
      placeholder: '<token>',
    },
  ]);
});
