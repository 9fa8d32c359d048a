import type { Steps } from './steps.ts';

/** Steps that wait for their turn, and who waits for them. */
export type Task = {
  steps: () => Steps<unknown>;
  /** Whether it has been committed, for when the connection was lost before that was told. */
  landed?: (() => Steps<boolean>) | undefined;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
};

/** How one task of a committed batch came out. */
export type TaskOutcome = { ok: true; result: unknown } | { ok: false; reason: unknown };

/**
 * Runs tasks lane by lane: while a lane works, what comes in waits, and then goes together in one transaction. That is
 * group commit: under load one commit serves many. `runBatch` gives the outcome of each task of a committed batch, or
 * throws when none of them took effect. Tasks are answered in the order they came.
 */
export function createLanes(
  runBatch: (tasks: readonly Task[]) => Promise<readonly TaskOutcome[]>,
  maxBatch = 500,
) {
  const waiting = new Map<string, Task[]>();

  async function work(lane: string, queue: Task[]): Promise<void> {
    while (queue.length > 0) {
      // All that arrives in this turn of the event loop shares the commit.
      await new Promise(setImmediate);
      const tasks = queue.splice(0, maxBatch);
      try {
        const outcomes = await runBatch(tasks);
        outcomes.forEach((outcome, index) => {
          if (outcome.ok) tasks[index]?.resolve(outcome.result);
          else tasks[index]?.reject(outcome.reason);
        });
      } catch (reason) {
        for (const task of tasks) task.reject(reason);
      }
    }
    waiting.delete(lane);
  }

  return {
    add<Result>(lane: string, steps: () => Steps<Result>, landed?: () => Steps<boolean>): Promise<Result> {
      return new Promise<Result>((resolve, reject) => {
        const task: Task = { steps, landed, resolve: (result) => resolve(result as Result), reject };
        const queue = waiting.get(lane);
        if (queue !== undefined) {
          queue.push(task);
          return;
        }
        const opened = [task];
        waiting.set(lane, opened);
        void work(lane, opened);
      });
    },
  };
}
