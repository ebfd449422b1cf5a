/** One part of the demo: an operation, a callback, or a decision of the back office. */
interface Stage {
  /** The step that the stage belongs to, 1 to 7. */
  step: number;
  title: string;
  /** The operation, the callback or the part of the kit that causes the stage. */
  source: string;
}

/** A stage of the demo failed. `cause` holds the original error. */
class StageFailedError extends Error {
  override readonly name = 'StageFailedError';

  constructor({ step, title, source }: Stage, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Step ${step} failed: ${title} (${source}): ${reason}`, { cause });
  }
}

/**
 * Runs a stage and prints one line about its result.
 *
 * @param describe - Turns the result into text without secrets or personal data.
 * @throws StageFailedError if the stage fails.
 */
export type Narrate = <Result>(
  stage: Stage,
  run: () => Promise<Result>,
  describe: (result: Result) => string,
) => Promise<Result>;

/** Creates a narrator that passes each line to `print`. */
export function createNarrator(print: (line: string) => void): Narrate {
  return async (stage, run, describe) => {
    const startedAt = performance.now();
    try {
      const result = await run();
      const tookMs = Math.round(performance.now() - startedAt);
      print(
        `${stage.step}  ${stage.title.padEnd(22)} ${stage.source.padEnd(20)} ${describe(result)}  (${tookMs} ms)`,
      );
      return result;
    } catch (error) {
      throw error instanceof StageFailedError ? error : new StageFailedError(stage, error);
    }
  };
}
