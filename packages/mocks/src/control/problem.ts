/** A refusal of the control API. */
export function problem(status: number, title: string, detail: string): Response {
  return Response.json(
    { title, status, detail },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}
