import type { Task } from '../../../src/domain/task.ts';
import { live } from '../app/client.ts';
import { useRoomTools } from '../room/room-context.ts';
import { taskWords } from '../store/tasks.ts';
import { tellError, tellUndo } from '../ui/toasts.tsx';

/** Puts a question or check aside, and says how it may be asked again. */
export function useDismissTask({ taskId, kind, text }: Task): () => Promise<void> {
  const { roomId } = useRoomTools();
  return async () => {
    try {
      await live.command(roomId, 'task.dismiss', { taskId });
      tellUndo(`${taskWords[kind].name} dismissed`, 'Undo asks it again.', () =>
        live.command(roomId, 'task.add', { kind, text }),
      );
    } catch (error) {
      tellError('It stays open', error);
    }
  };
}
