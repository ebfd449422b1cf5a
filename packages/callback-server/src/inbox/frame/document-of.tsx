import { html } from 'hono/html';
import type { Child } from 'hono/jsx';

/** A whole HTML document. All that it loads comes from the inbox. */
export function documentOf(title: string, children: Child) {
  return html`<!doctype html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title} · Callback inbox</title>
        <link rel="icon" href="data:," />
        {['base', 'controls', 'content'].map((name) => (
          <link rel="stylesheet" href={`/inbox/${name}.css`} />
        ))}
        <script type="module" src="/inbox/live.js" />
        <script type="module" src="/inbox/keyboard.js" />
      </head>
      <body>{children}</body>
    </html>
  )}`;
}
