/** A picture as a block of HTML, with the text that a screen reader reads. On a narrow screen, the picture scrolls. */
export function figure(svg: string, text: string): string {
  // A blank line would end the block of HTML in Markdown.
  const picture = svg.replaceAll(/\s*\n\s*/g, ' ').replace('<svg ', `<svg role="img" aria-label="${text}" `);
  return `<figure class="diagram" tabindex="0" aria-label="Diagram">${picture.trim()}</figure>`;
}
