import { agreesWithFacts } from './agrees-with-facts.ts';
import { noPersonalDataInUrl, scalarClassified, sensitiveDataHidden } from './classification-rules.ts';
import { describedHere } from './described-here.ts';
import { evidenceCited } from './evidence-cited.ts';
import { bodyHasExample, exampleIdNamed, noRealIdentifierInExample } from './example-rules.ts';
import { fileNamedAfterComponent } from './file-named-after-component.ts';
import { errorResponsesDocumented, operationDescribed, operationIdVerbNoun } from './operation-rules.ts';
import { responseOpen } from './response-open.ts';
import type { Rule } from './rule.ts';

/** Our own lint rules. In redocly.yaml their names have the prefix `partner/`. */
export const rules: Record<string, Rule<never>> = {
  'agrees-with-facts': agreesWithFacts,
  'body-has-example': bodyHasExample,
  'described-here': describedHere,
  'error-responses-documented': errorResponsesDocumented,
  'evidence-cited': evidenceCited,
  'example-id-named': exampleIdNamed,
  'file-named-after-component': fileNamedAfterComponent,
  'no-personal-data-in-url': noPersonalDataInUrl,
  'no-real-identifier-in-example': noRealIdentifierInExample,
  'operation-described': operationDescribed,
  'operation-id-verb-noun': operationIdVerbNoun,
  'response-open': responseOpen,
  'scalar-classified': scalarClassified,
  'sensitive-data-hidden': sensitiveDataHidden,
};

/** The plugin in the form that Redocly loads. */
export default (): unknown => ({ id: 'partner', rules: { oas3: rules } });
