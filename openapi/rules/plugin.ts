import { bodyHasExample } from './body-has-example.ts';
import { evidenceWithBasis } from './evidence-with-basis.ts';
import { fileNamedAfterComponent } from './file-named-after-component.ts';
import { noPersonalDataInUrl } from './no-personal-data-in-url.ts';
import { noRealIdentifierInExample } from './no-real-identifier-in-example.ts';
import { operationDescribed } from './operation-described.ts';
import { operationIdVerbNoun } from './operation-id-verb-noun.ts';
import { refusalsDocumented } from './refusals-documented.ts';
import { responseOpen } from './response-open.ts';
import type { Rule } from './rule.ts';
import { scalarClassified } from './scalar-classified.ts';
import { sensitiveDataHidden } from './sensitive-data-hidden.ts';

/** Our own lint rules, by the names that redocly.yaml switches them on with, after `partner/`. */
export const rules: Record<string, Rule<never>> = {
  'body-has-example': bodyHasExample,
  'evidence-with-basis': evidenceWithBasis,
  'file-named-after-component': fileNamedAfterComponent,
  'no-personal-data-in-url': noPersonalDataInUrl,
  'no-real-identifier-in-example': noRealIdentifierInExample,
  'operation-described': operationDescribed,
  'operation-id-verb-noun': operationIdVerbNoun,
  'refusals-documented': refusalsDocumented,
  'response-open': responseOpen,
  'scalar-classified': scalarClassified,
  'sensitive-data-hidden': sensitiveDataHidden,
};

/** The plugin, as Redocly loads it. */
export default (): unknown => ({ id: 'partner', rules: { oas3: rules } });
