import type { DataClassification } from '../../generate/contract/contract.ts';
import type { ChangeKind } from '../impact/impact.ts';

const sensitivities = ['public', 'internal', 'confidential', 'restricted'];

/**
 * What a change of `x-data-classification` means. Whatever may show more than before is called lowered. The kit masks
 * what has no classification, so to begin with a low one shows more; and to drop one takes the word away by which
 * other tools know that a value is somebody's.
 */
export function classificationChanges(base: unknown, revision: unknown): readonly ChangeKind[] {
  const before = base as DataClassification | undefined;
  const after = revision as DataClassification | undefined;
  const isLess = sensitivityOf(after, 'public') < sensitivityOf(before, 'restricted');
  const showsMore = charactersShown(after) > charactersShown(before);
  return [isLess || showsMore ? 'classification-lowered' : 'classification-changed'];
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
