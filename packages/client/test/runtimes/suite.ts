import type { Suite } from '@partner-ecosystem/runtimes';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { canaries } from '../support/example-input.ts';
import { checks } from './all-checks.ts';

/** The checks run inside the runtime. The provider runs outside the runtime, at this URL. */
export function suiteAgainst(provider: string): Suite {
  return {
    entry: new URL('in-runtime.ts', import.meta.url),
    checks: checks.map(({ name, except }) => ({
      name,
      except,
      async run(host) {
        const error = await host.get(`/?${new URLSearchParams({ check: name, provider })}`);
        if (error) throw new Error(error);
      },
    })),
    output: {
      name: 'the console shows no secret and no personal data',
      async run(printed) {
        assertSame(printed.includes('ValidationError'), true);
        assertSame(
          Object.values(canaries).filter((canary) => printed.includes(canary)),
          [],
        );
      },
    },
  };
}
