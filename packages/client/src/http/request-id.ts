/** The name that a server or a proxy gave to a request. None is documented, so the two usual headers are asked. */
export function requestId(headers: Headers): string | undefined {
  const id = headers.get('X-Request-Id') ?? headers.get('X-Correlation-Id');
  return id !== null && /^[\w.:-]{1,100}$/.test(id) ? id : undefined;
}
