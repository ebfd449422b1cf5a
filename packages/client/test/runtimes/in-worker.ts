import { runChecks } from './run-checks.ts';

/** What workerd serves: the outcomes. */
export default {
  async fetch(request: Request): Promise<Response> {
    const server = new URL(request.url).searchParams.get('server') ?? '';
    return Response.json(await runChecks(server, 'workerd'));
  },
};
