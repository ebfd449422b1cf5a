import { type DataClassification, redact } from '@partner-ecosystem/openapi/classification';
import { mapBodies, operationsOf } from '../../../../openapi/generate/contract/operations.ts';
import { code } from '../markdown/code.ts';
import { table } from '../markdown/table.ts';
import { contract, resolveSchema } from './contract.ts';
import { type PropertyRow, propertyRows } from './property-rows.ts';

interface Field {
  readonly name: string;
  readonly classification: DataClassification;
  /** Links to the operations and events that carry the field. */
  readonly places: Set<string>;
  /** Whether a callback carries the field, so that the callback server stores it. */
  isInEvents: boolean;
}

type ClassifiedRow = Pick<PropertyRow, 'path' | 'classification'>;

const sensitivities = ['restricted', 'confidential', 'internal', 'public'] as const;

/** Every field of the API by sensitivity: kind of data, how the kit masks the field, where it occurs and who keeps it. */
export function classificationTable(): string {
  const fields = [...classifiedFields().values()];
  return sensitivities
    .map((sensitivity) => {
      const rows = fields
        .filter(({ classification }) => classification.sensitivity === sensitivity)
        .sort((left, right) => left.name.localeCompare(right.name, 'en'))
        .map(({ name, classification, places, isInEvents }) => [
          code(name),
          classification.category,
          maskWords(classification),
          [...places].join(', '),
          isInEvents ? 'sandbox, callback server' : 'sandbox',
        ]);
      return `### ${sensitivity[0]?.toUpperCase()}${sensitivity.slice(1)}\n\n${table(['field', 'kind', 'in logs', 'occurs in', 'kept by'], rows)}`;
    })
    .join('\n\n');
}

function classifiedFields(): Map<string, Field> {
  const fields = new Map<string, Field>();
  const bodies = mapBodies(contract, ({ schema }) => propertyRows(schema));
  const add = (link: string, rows: readonly ClassifiedRow[], isEvent = false) => {
    for (const { path, classification } of rows) {
      if (!classification) continue;
      const name = path.replace(/^.*\./, '');
      const key = `${name} ${JSON.stringify(classification)}`;
      const field = fields.get(key) ?? { name, classification, places: new Set<string>(), isInEvents: false };
      field.places.add(link);
      field.isInEvents ||= isEvent;
      fields.set(key, field);
    }
  };
  for (const [operationId, rows] of Object.entries(bodies.requests)) add(operationLink(operationId), rows);
  for (const { operationId, parameters } of operationsOf(contract))
    add(
      operationLink(operationId),
      parameters.map(({ name, schema }) => {
        const classification = resolveSchema(schema)['x-data-classification'];
        return { path: name, ...(classification && { classification }) };
      }),
    );
  for (const [operationId, byStatus] of Object.entries(bodies.responses))
    for (const [status, rows] of Object.entries(byStatus))
      add(status.startsWith('2') ? operationLink(operationId) : '[errors](/errors/)', rows);
  for (const [event, rows] of Object.entries(bodies.webhooks))
    add(`[${event}](/events/${event}/)`, rows, true);
  return fields;
}

function operationLink(operationId: string): string {
  return `[${operationId}](/operations/${operationId}/)`;
}

/** What the kit's own logs show of such a value, as `redact` masks it. */
function maskWords(classification: DataClassification): string {
  if (classification.masking.strategy === 'remove') return 'left out';
  const masked = redact('example', classification);
  return masked === 'example' ? 'shown' : code(String(masked));
}
