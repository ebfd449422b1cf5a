const titles: { readonly [status: number]: string } = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
};

/** A refusal of the control API. */
export function problem(status: number, detail: string): Response {
  return Response.json(
    { title: titles[status] ?? 'Problem', status, detail },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}
