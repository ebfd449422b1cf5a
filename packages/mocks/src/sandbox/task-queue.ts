/** A callback or a decision that is due at some time. */
export interface Task {
  readonly kind: 'callback' | 'decision';
  readonly id: string;
  /** In epoch milliseconds. */
  readonly dueAt: number;
  /** The order among tasks that are due at the same time: the lowest number goes first. */
  readonly turn: number;
}

/** Keeps tasks in the order in which they are due (a binary heap): adding or removing a task takes logarithmic time. */
export function createTaskQueue() {
  let heap: Task[] = [];

  const at = (index: number): Task => heap[index] as Task; // Callers stay within the heap.

  function swap(one: number, other: number): void {
    [heap[one], heap[other]] = [at(other), at(one)];
  }

  function rise(start: number): void {
    for (let index = start; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!isBefore(at(index), at(parent))) return;
      swap(index, parent);
      index = parent;
    }
  }

  function sink(): void {
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let first = index;
      if (left < heap.length && isBefore(at(left), at(first))) first = left;
      if (right < heap.length && isBefore(at(right), at(first))) first = right;
      if (first === index) return;
      swap(index, first);
      index = first;
    }
  }

  return {
    add: (task: Task): void => {
      heap.push(task);
      rise(heap.length - 1);
    },
    /** Returns the task that is due first. */
    first: (): Task | undefined => heap[0],
    removeFirst: (): void => {
      const last = heap.pop();
      if (!last || heap.length === 0) return;
      heap[0] = last;
      sink();
    },
    clear: (): void => {
      heap = [];
    },
  };
}

function isBefore(one: Task, other: Task): boolean {
  return one.dueAt === other.dueAt ? one.turn < other.turn : one.dueAt < other.dueAt;
}
