import { isObject } from '../json/json-value.ts';
import type { StepResponse } from '../model/command.ts';

/** Turns an error response into the HTML page that the framework sends to a client that prefers HTML. */
export function withHtmlError(response: StepResponse, accept: string | undefined): StepResponse {
  if (response.status < 400 || !('body' in response) || response.transmission || !prefersHtml(accept))
    return response;
  const { error } = Object(response.body) as { readonly error?: unknown };
  const message = isObject(error) && typeof error['message'] === 'string' ? error['message'] : 'Error';
  const text = `<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Error</h1><h2><em>${response.status}</em> ${escaped(message)}</h2></body></html>`;
  return { ...response, transmission: { text, mediaType: 'text/html; charset=utf-8' } };
}

/** Whether a client names HTML before JSON, as a browser does. Without a preference, the framework sends JSON. */
export function prefersHtml(accept = ''): boolean {
  const ranges = accept.split(',').map((range, position) => {
    const [name = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const quality = parameters.find((each) => each.startsWith('q='))?.slice(2) ?? '1';
    return { name, position, quality: Number(quality) };
  });
  const best = (names: readonly string[]) =>
    ranges
      .filter(({ name, quality }) => names.includes(name) && quality > 0)
      .sort((one, other) => other.quality - one.quality || one.position - other.position)[0];
  const html = best(['text/html', 'text/*']);
  const json = best(['application/json', 'application/*', '*/*']);
  if (!html || !json) return html !== undefined;
  return html.quality === json.quality ? html.position < json.position : html.quality > json.quality;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
