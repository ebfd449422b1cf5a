import { withSandbox } from '@partner-ecosystem/mocks/jest';
import { checks, fillCell } from './checks.js';
import { throughMsw } from './through-msw.js';

/** Declares one test for each cell, with the `test` of Jest or of Node. */
export function testEveryCell(test) {
  for (const name of Object.keys(checks)) {
    test(
      `HTTP, ${name}`,
      withSandbox(async ({ sandbox, sandboxUrl, partner }) => {
        await fillCell('HTTP', name, { url: await sandboxUrl(), sandbox, ...partner() });
      }),
    );
    test(
      `MSW, ${name}`,
      withSandbox(({ sandbox, partner }) =>
        throughMsw(sandbox, (url) => fillCell('MSW', name, { url, sandbox, ...partner() })),
      ),
    );
  }
}
