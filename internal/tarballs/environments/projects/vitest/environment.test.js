import { test } from '@partner-ecosystem/mocks/vitest';
import { checks, fillCell } from './checks.js';
import { throughMsw } from './through-msw.js';

for (const name of Object.keys(checks)) {
  test(`HTTP, ${name}`, ({ sandbox, sandboxUrl: url, partner }) =>
    fillCell('HTTP', name, { url, sandbox, ...partner }));
  test(`MSW, ${name}`, ({ sandbox, partner }) =>
    throughMsw(sandbox, (url) => fillCell('MSW', name, { url, sandbox, ...partner })));
}
