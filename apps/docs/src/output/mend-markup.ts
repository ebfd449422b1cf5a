/** Mends what Starlight's pages lack for readers with a keyboard or a screen reader. */
export function mendMarkup(page: string): string {
  return (
    page
      // A wide table or block of code scrolls. Starlight's script makes only blocks of code reachable, and only later.
      .replaceAll('<pre data-language', '<pre tabindex="0" data-language')
      .replaceAll('<table>', '<table tabindex="0">')
  );
}
