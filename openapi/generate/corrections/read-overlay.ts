import { parse } from 'yaml';
import type { Action, Overlay } from './apply-overlay.ts';

const known = ['target', 'description', 'remove', 'copy', 'update'];

/**
 * Reads an overlay, in YAML or JSON.
 *
 * @throws Error if the text is not an overlay.
 */
export function readOverlay(name: string, text: string): Overlay {
  const { overlay, actions } = Object(parseText(name, text)) as {
    readonly overlay?: unknown;
    readonly actions?: unknown;
  };
  if (!/^1\.[01]\.\d+$/.test(`${overlay}`) || !Array.isArray(actions) || actions.length === 0)
    throw new Error(
      `${name} is not an overlay of version 1.0 or 1.1: it needs the properties overlay and actions.`,
    );
  for (const [index, action] of actions.entries())
    assertAction(`Action ${index + 1} of ${name}`, Object(action));
  return { name, actions: actions as readonly Action[] };
}

function parseText(name: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`${name} is neither YAML nor JSON: ${(error as Error).message}`);
  }
}

function assertAction(subject: string, action: object): void {
  const unknown = Object.keys(action).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new Error(`${subject} has ${unknown.join(', ')}. Use only ${known.join(', ')}.`);
  if (!('target' in action) || typeof action.target !== 'string')
    throw new Error(`${subject} needs a target, such as $.components.schemas.PushMerchantResult.`);
  if (!('remove' in action || 'copy' in action || 'update' in action))
    throw new Error(`${subject} needs update, copy or remove.`);
}
