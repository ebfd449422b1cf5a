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
npx @partner-ecosystem/contract check my.har
\`\`\`
`;

test('shellBlocks keeps the exports of earlier blocks, and recognises a server and a file of the reader', () => {
  expect(shellBlocks(readme)).toEqual([
    {
      script: 'export TOKEN=none\nnpx @partner-ecosystem/callback-server serve  # listens',
      serves: true,
    },
    {
      script: 'export TOKEN=none\nnpx @partner-ecosystem/contract check my.har',
      serves: false,
      ownFile: 'my.har',
    },
  ]);
});
