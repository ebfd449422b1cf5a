import { readFile } from 'node:fs/promises';
import { marked } from 'marked';

const root = new URL('../../../', import.meta.url);

/** Renders a Markdown guide as a page. The first heading is the page's title. */
export async function renderGuide(markdown: string): Promise<string> {
  const title = /^# (.+)$/m.exec(markdown)?.[1];
  if (!title) throw new Error('A guide has no heading of the first level. Start the guide with one.');
  const body = await marked.parse(await includeFiles(markdown));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Partner Ecosystem kit</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<nav aria-label="Site">
<a href="index.html">Partner Ecosystem kit</a>
<a href="quick-start.html">Quick start</a>
<a href="reference/index.html">Reference</a>
</nav>
</header>
<main id="content">
${body.replaceAll('<pre>', '<pre tabindex="0">')}
</main>
</body>
</html>
`;
}

/** Replaces each line `{{ path }}` with the file at that path, so that guides show only code that runs. */
async function includeFiles(markdown: string): Promise<string> {
  const parts = await Promise.all(
    markdown
      .split(/^\{\{ (.+) \}\}$/m)
      .map((part, index) => (index % 2 === 0 ? part : readAsCodeBlock(part))),
  );
  return parts.join('');
}

async function readAsCodeBlock(path: string): Promise<string> {
  return `\`\`\`ts\n${await readFile(new URL(path, root), 'utf8')}\`\`\``;
}
