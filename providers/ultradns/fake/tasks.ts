import { type FakeResponse, json } from '../../fake-kit/wire.ts';
import { Refusal } from './refusal.ts';

interface Task {
  readonly endsAt: number;
  readonly work: () => void;
  isDone: boolean;
  error: string | null;
}

/** Work in the background: it has its effect when its time has come, whether or not anybody asks. */
export const createTasks = (now: () => number, taskMs: number) => {
  const tasks = new Map<string, Task>();

  const finish = (task: Task): void => {
    task.isDone = true;
    try {
      task.work();
    } catch (refusal) {
      task.error = refusal instanceof Error ? refusal.message : 'System Error';
    }
  };

  return {
    begin(work: () => void): FakeResponse {
      const id = `605b23e4-edb9-4f23-ae2d-${String(tasks.size + 1).padStart(12, '0')}`;
      tasks.set(id, { endsAt: now() + taskMs, work, isDone: false, error: null });
      return json(202, { message: 'Pending' }, { 'x-task-id': id });
    },

    /** To be called before anything else is looked at. */
    settle(): void {
      for (const task of tasks.values()) if (!task.isDone && now() >= task.endsAt) finish(task);
    },

    answer(id: string): FakeResponse {
      const task = tasks.get(id);
      if (task === undefined) throw new Refusal(404, 54_001, 'Cannot find the task status for the input taskId');
      const code = task.isDone ? (task.error === null ? 'COMPLETE' : 'ERROR') : 'IN_PROCESS';
      return json(200, {
        taskId: id,
        code,
        message: task.error ?? '',
        hasData: false,
        resultUri: `/tasks/${id}/result`,
      });
    },
  };
};
