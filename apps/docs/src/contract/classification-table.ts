import { type DataClassification, redact } from '@partner-ecosystem/openapi/classification';
import { mapBodies } from '../../../../openapi/generate/contract/operations.ts';
import { code } from '../markdown/code.ts';
import { table } from '../markdown/table.ts';
import { contract } from './contract.ts';
import { propertyRows } from './property-rows.ts';

interface Field {
  readonly name: string;
  readonly classification: DataClassification;
  /** Links to the operations and events that carry the field. */
  readonly places: Set<string>;
}

const sensitivities = ['restricted', 'confidential', 'internal', 'public'] as const;

/** Every field of the API by sensitivity: kind of data, how the kit masks the field, and where the field occurs. */
export function classificationTable(): string {
  const fields = [...classifiedFields().values()];
  return sensitivities
    .map((sensitivity) => {
      const rows = fields
        .filter(({ classification }) => classification.sensitivity === sensitivity)
        .sort((left, right) => left.name.localeCompare(right.name, 'en'))
        .map(({ name, classification, places }) => [
          code(name),
          classification.category,
          maskWords(classification),
          [...places].join(', '),
        ]);
      return `### ${sensitivity[0]?.toUpperCase()}${sensitivity.slice(1)}\n\n${table(['field', 'kind', 'in logs', 'occurs in'], rows)}`;
    })
    .join('\n\n');
}

function classifiedFields(): Map<string, Field> {
  const fields = new Map<string, Field>();
  const bodies = mapBodies(contract, ({ schema }) => propertyRows(schema));
  const add = (link: string, rows: ReturnType<typeof propertyRows>) => {
    for (const { path, classification } of rows) {
      if (!classification) continue;
      const name = path.replace(/^.*\./, '');
      const key = `${name} ${JSON.stringify(classification)}`;
      const field = fields.get(key) ?? { name, classification, places: new Set<string>() };
      field.places.add(link);
      fields.set(key, field);
    }
  };
  for (const [operationId, rows] of Object.entries(bodies.requests)) add(operationLink(operationId), rows);
  for (const [operationId, byStatus] of Object.entries(bodies.responses))
    for (const [status, rows] of Object.entries(byStatus))
      add(status.startsWith('2') ? operationLink(operationId) : '[errors](/errors/)', rows);
  for (const [event, rows] of Object.entries(bodies.webhooks)) add(`[${event}](/events/${event}/)`, rows);
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
