import type { DataClassification } from '../../runtime/redact.ts';
import type { ChangeKind } from '../impact/impact.ts';

const sensitivities = ['public', 'internal', 'confidential', 'restricted'];

/**
 * Tells whether a change of `x-data-classification` may show more of a value than before. The kit masks unclassified
 * values, so adding a low classification shows more. Removing a classification counts as lowered too, because other
 * tools then no longer see that the value is personal.
 */
export function classificationChanges(base: unknown, revision: unknown): readonly ChangeKind[] {
  const before = base as DataClassification | undefined;
  const after = revision as DataClassification | undefined;
  const isLower = sensitivityOf(after, 'public') < sensitivityOf(before, 'restricted');
  const showsMore = charactersShown(after) > charactersShown(before);
  return [isLower || showsMore ? 'classification-lowered' : 'classification-changed'];
}

function sensitivityOf(classification: DataClassification | undefined, absent: string): number {
  return sensitivities.indexOf(classification?.sensitivity ?? absent);
}

function charactersShown(classification: DataClassification | undefined): number {
  if (!classification) return 0;
  const { sensitivity, masking } = classification;
  if (sensitivity === 'public' || sensitivity === 'internal') return Number.POSITIVE_INFINITY;
  return masking.strategy === 'partial' ? (masking.keep ?? 0) : 0;
}
