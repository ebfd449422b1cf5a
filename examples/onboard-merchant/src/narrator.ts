/** One thing that happens on stage: a step of the seven, or what stands between two of them. */
export interface Stage {
  /** Which of the seven steps it belongs to. */
  step: number;
  title: string;
  /** The operation or callback behind it. */
  by: string;
}

/** A stage did not come off. The cause says why. */
export class StageFailedError extends Error {
  override readonly name = 'StageFailedError';

  constructor({ step, title, by }: Stage, cause: unknown) {
    super(
      `Step ${step} failed: ${title} (${by}): ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** Tells of each stage in a line, as it happens. */
export interface Narrator {
  /**
   * Runs a stage, and prints what came of it.
   *
   * @param says - What came back, in words that are safe to print.
   * @throws StageFailedError where the stage fails.
   */
  tell<Result>(stage: Stage, run: () => Promise<Result>, says: (result: Result) => string): Promise<Result>;
}

export function createNarrator(print: (line: string) => void): Narrator {
  return {
    async tell(stage, run, says) {
      const started = performance.now();
      try {
        const result = await run();
        const took = `${Math.round(performance.now() - started)} ms`;
        print(`${stage.step}  ${stage.title.padEnd(22)} ${stage.by.padEnd(20)} ${says(result)}  (${took})`);
        return result;
      } catch (error) {
        throw error instanceof StageFailedError ? error : new StageFailedError(stage, error);
      }
    },
  };
}
