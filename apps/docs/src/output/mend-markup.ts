/** Adds what Starlight's pages lack for readers with a keyboard, a screen reader or a phone. */
export function mendMarkup(page: string): string {
  return (
    (page.includes('<table') ? shownWhole(page) : page)
      // A wide table or block of code scrolls. Starlight's script makes only blocks of code reachable, and only later.
      .replaceAll('<pre data-language', '<pre tabindex="0" data-language')
      .replaceAll('<table>', '<table tabindex="0">')
      // A long name of the API breaks between its parts, so that the text in the next cell keeps room.
      .replaceAll(/<td>[\s\S]*?<\/td>/g, breakNames)
  );
}

/** The columns of a table change their widths while its rows arrive. So a page with tables is shown when it is complete. */
function shownWhole(page: string): string {
  return page
    .replace('<footer', '<footer id="page-footer"')
    .replace('</head>', '<link rel="expect" href="#page-footer" blocking="render"></head>');
}

function breakNames(cell: string): string {
  return cell.replaceAll(/<code[^>]*>[^<]+/g, (name) =>
    name.replaceAll(/(?<=[a-z][._])(?=[a-z])/gi, '<wbr>'),
  );
}
