import { transitions } from '@partner-ecosystem/mocks';
import { instance } from '@viz-js/viz';
import { figure } from './figure.ts';

/** A picture of a case's life, drawn from the moves that the sandbox allows. */
export async function drawLifeCycle(): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(
    {
      graphAttributes: { rankdir: 'LR', bgcolor: 'transparent', nodesep: 0.5, ranksep: 0.9 },
      nodeAttributes: {
        shape: 'box',
        style: 'rounded',
        fontname: 'sans-serif',
        fontsize: 14,
        margin: '0.2,0.1',
      },
      edgeAttributes: { fontname: 'sans-serif', fontsize: 12, arrowsize: 0.8 },
      edges: transitions.map(({ from, move, to }) => ({
        tail: from,
        head: to,
        attributes: { label: move === 'push' ? 'you push' : `office: ${move}` },
      })),
    },
    { format: 'svg' },
  );
  const moves = transitions.map(({ from, move, to }) => `${from} to ${to} by ${move}`);
  // The colours follow the page's scheme. The drawer's ids and comments say nothing to a reader.
  const picture = svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(/<!--[\s\S]*?-->|<title>[\s\S]*?<\/title>| id="[^"]*"/g, '')
    .replaceAll('"black"', '"currentColor"')
    .replaceAll(/<text /g, '<text fill="currentColor" ');
  return figure(picture, `The life of a case: ${moves.join(', ')}.`);
}
