import type { ServedModule } from '@partner-ecosystem/runtimes';
import { checks } from './all-checks.ts';
import { openVisitsAt } from './checks/check.ts';

/** Runs one check inside the runtime. The body of the response is empty if the rule holds, or else says why not. */
const served: ServedModule = {
  async fetch({ url }) {
    const { searchParams } = new URL(url);
    const check = checks.find(({ name }) => name === searchParams.get('check'));
    if (!check) return new Response('The runtime has no check of this name.');
    const run = check.run(openVisitsAt(searchParams.get('provider') ?? ''));
    return new Response(await run.then(() => '', String));
  },
};
export default served;
