import { instance } from '@viz-js/viz';
import { figure } from './figure.ts';

/** A picture of boxes and arrows. */
export interface Graph {
  /** What the picture shows, as the beginning of its text for screen readers. */
  readonly title: string;
  /** From left to right, or from top to bottom. */
  readonly direction: 'LR' | 'TB';
  /** Arrows, each with the texts of the boxes that it connects. */
  readonly arrows: readonly Arrow[];
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly text?: string;
}

// Graphviz measures text by tables for a few fonts. The page's font may be wider.
const fontname = 'Helvetica';
const reserve = 1.25;

/** Draws a graph as a picture in HTML, in the colours of the page. */
export async function drawGraph({ title, direction, arrows }: Graph): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(
    {
      graphAttributes: {
        rankdir: direction,
        bgcolor: 'transparent',
        nodesep: 0.4,
        ranksep: direction === 'LR' ? 0.8 : 0.5,
      },
      nodeAttributes: {
        shape: 'box',
        style: 'rounded',
        fontname,
        fontsize: 14 * reserve,
        margin: '0.2,0.1',
      },
      edgeAttributes: { fontname, fontsize: 12 * reserve, arrowsize: 0.8 },
      edges: arrows.map(({ from, to, text = '' }) => ({ tail: from, head: to, attributes: { label: text } })),
    },
    { format: 'svg' },
  );
  const texts = arrows.map(
    ({ from, to, text }) => `${from} to ${to}${text === undefined ? '' : ` (${text})`}`,
  );
  return figure(inPageStyle(svg), `${title}: ${texts.join(', ')}.`.replaceAll('\n', ' '));
}

/** Makes colours and font follow the page. Removes Graphviz's ids and comments, which say nothing to a reader. */
function inPageStyle(svg: string): string {
  return svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(/<!--[\s\S]*?-->|<title>[\s\S]*?<\/title>| id="[^"]*"/g, '')
    .replaceAll('"black"', '"currentColor"')
    .replaceAll(/font-family="[^"]*" font-size="([^"]*)"/g, (_, size: string) => {
      return `font-family="system-ui, sans-serif" font-size="${Number(size) / reserve}"`;
    })
    .replaceAll(/<text /g, '<text fill="currentColor" ');
}
