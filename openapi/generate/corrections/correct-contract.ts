import type { Contract } from '../contract/contract.ts';
import { applyOverlay, type Overlay } from './apply-overlay.ts';
import { bodyProblems } from './body-problems.ts';
import { callbackProblems } from './callback-problems.ts';
import { changedParts } from './changed-parts.ts';
import { incompleteProblems } from './incomplete-problems.ts';
import { asJson } from './json.ts';
import { markCorrected } from './mark-corrected.ts';
import { meaningProblems } from './meaning-problems.ts';
import { operationProblems } from './operation-problems.ts';
import { describeProblem, type Problem, pointerOf } from './problem.ts';
import { unreadPart } from './read-parts.ts';
import { referenceProblems } from './reference-problems.ts';

/** A correction has parts that the kit cannot follow. */
class CorrectionError extends Error {
  override readonly name = 'CorrectionError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      `The kit cannot follow these parts of the corrected contract:\n${problems.map(describeProblem).join('\n')}`,
    );
    this.problems = problems;
  }
}

/**
 * Applies the overlays of an integrator to the contract.
 *
 * @throws CorrectionError if the kit cannot follow a correction everywhere. If only half of the kit followed a
 * correction, the correction would mislead.
 */
export function correctContract(base: Contract, overlays: readonly Overlay[]): Contract {
  const corrected = overlays.reduce(applyOverlay, base);
  const broken = [...referenceProblems(corrected), ...incompleteProblems(corrected)];
  if (broken.length > 0) throw new CorrectionError(broken);
  const unread = unreadProblems(base, corrected);
  const problems = [
    ...unread,
    ...operationProblems(base, corrected),
    ...bodyProblems(base, corrected),
    ...meaningProblems(base, corrected),
    ...callbackProblems(base, corrected),
  ];
  if (problems.length > 0) throw new CorrectionError(withoutRepetition(problems));
  return markCorrected(base, corrected);
}

function unreadProblems(base: Contract, corrected: Contract): Problem[] {
  const changed = changedParts(asJson(base), asJson(corrected));
  return changed.flatMap((path) => {
    const unread = unreadPart(path);
    return unread ? [unread] : [];
  });
}

function withoutRepetition(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [pointerOf(problem.path), problem])).values()];
}
