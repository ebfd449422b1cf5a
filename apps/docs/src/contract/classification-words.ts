import type { DataClassification } from '@partner-ecosystem/openapi/classification';

const handling: Readonly<Record<DataClassification['sensitivity'], string>> = {
  public: 'may be logged',
  internal: 'may be logged, but not published',
  confidential: 'never log',
  restricted: 'never log, store encrypted',
};

/** A classification in words, such as `PII, confidential: never log`. */
export function classificationWords({ category, sensitivity }: DataClassification): string {
  return `${category === 'other' ? '' : `${category}, `}${sensitivity}: ${handling[sensitivity]}`;
}
