import { parse } from 'yaml';
import type { ReadFile } from '../markdown/read-region.ts';
import { figure } from './figure.ts';

interface Workflows {
  readonly workflows: readonly { readonly steps: readonly Step[] }[];
}

interface Step {
  readonly stepId: string;
  /** Such as `$sourceDescriptions.partner.createMerchant`. */
  readonly operationId: string;
}

interface Message {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const lanes = ['Your code', 'Provider', 'Back office', 'Callback server'];
const [you, provider, office, server] = [0, 1, 2, 3];
const [laneWidth, firstLane, top, rowHeight] = [190, 80, 56, 34];

/** A picture of the flow, drawn from the workflow that the sandbox is tested with. */
export async function drawFlow(readFile: ReadFile): Promise<string> {
  const { workflows } = parse(await readFile('openapi/workflows/onboard-merchant.arazzo.yaml')) as Workflows;
  const messages = (workflows[0]?.steps ?? []).flatMap(messageOf);
  const height = top + messages.length * rowHeight + 16;
  const heads = lanes.map(
    (lane, index) =>
      `<rect x="${xOf(index) - 72}" y="8" width="144" height="32" rx="8" fill="none" stroke="currentColor"/>` +
      `<text x="${xOf(index)}" y="29" text-anchor="middle" font-weight="600">${lane}</text>` +
      `<line x1="${xOf(index)}" y1="40" x2="${xOf(index)}" y2="${height - 8}" stroke="currentColor" stroke-dasharray="3 4" opacity="0.5"/>`,
  );
  const arrows = messages.map((message, index) => drawMessage(message, top + index * rowHeight + 20));
  const steps = messages.map(({ from, to, text }) => `${lanes[from]} to ${lanes[to]}: ${text}`);
  const svg = `<svg viewBox="0 0 ${firstLane * 2 + laneWidth * 3} ${height}" xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="14" fill="currentColor">${heads.join('')}${arrows.join('')}</svg>`;
  return figure(svg, `The flow of an onboarding. ${steps.join('. ')}.`);
}

/** What a step of the workflow sends. A step of the control API is an act of the back office or of the provider. */
function messageOf({ operationId }: Step): Message[] {
  const [, source, operation = ''] = operationId.split('.');
  if (source === 'partner') return [{ from: you, to: provider, text: operation }];
  if (operation === 'decideMerchant') return [{ from: office, to: provider, text: 'decides' }];
  if (operation === 'drainCallbacks') return [{ from: provider, to: server, text: 'callback' }];
  return [];
}

function drawMessage({ from, to, text }: Message, y: number): string {
  const direction = Math.sign(to - from);
  const end = xOf(to) - direction * 3;
  const middle = (xOf(from) + xOf(from + direction)) / 2;
  return (
    `<line x1="${xOf(from)}" y1="${y}" x2="${end}" y2="${y}" stroke="currentColor" stroke-width="1.5"/>` +
    `<path d="M${end} ${y}l${-direction * 9} -5v10z"/>` +
    `<text x="${middle}" y="${y - 6}" text-anchor="middle">${text}</text>`
  );
}

function xOf(lane: number): number {
  return firstLane + lane * laneWidth;
}
