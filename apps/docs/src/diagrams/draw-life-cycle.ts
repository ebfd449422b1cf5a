import { transitions } from '@partner-ecosystem/mocks';
import { statusWords } from '@partner-ecosystem/openapi/operations';
import { drawGraph } from './draw-graph.ts';

/** A picture of a case's life, drawn from the moves that the sandbox allows. */
export function drawLifeCycle(): Promise<string> {
  return drawGraph({
    title: 'The life of a case',
    direction: 'LR',
    arrows: transitions.map(({ from, move, to }) => ({
      from: statusWords[from][0] ?? from,
      to: statusWords[to][0] ?? to,
      text: move === 'push' ? 'you push' : `office: ${move}`,
    })),
  });
}
