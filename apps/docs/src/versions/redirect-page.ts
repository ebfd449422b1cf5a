/** A page that leads to another page at once, also without JavaScript. */
export function redirectPage(address: string, title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta http-equiv="refresh" content="0; url=${address}">
<meta name="robots" content="noindex">
<title>${title}</title>
</head>
<body><p>This page moved to <a href="${address}">${title}</a>.</p></body>
</html>
`;
}
