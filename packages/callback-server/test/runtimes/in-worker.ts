import { receive } from './doors.ts';

/** What workerd serves. It tells no address. */
export default {
  fetch: (request: Request): Response | Promise<Response> => receive(request, {}),
};
