import type { Task } from '../../../src/domain/task.ts';
import { asKibitzError } from '../../../src/lib/errors.ts';
import { live } from '../app/client.ts';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import { withEdit } from '../store/desk.ts';
import type { Promotion } from '../store/tasks.ts';

const blank: Promotion = { step: 'draft', text: '', summary: '' };

/** How an answer becomes a fact: a model drafts it, somebody reads that and confirms it. */
export function usePromotion({ taskId }: Task) {
  const { roomId, desk } = useRoomTools();
  const promotion = useDesk((state) => state.promotions[taskId]);
  const put = (next: Promotion | undefined) =>
    desk.setState(({ promotions }) => ({ promotions: withEdit(promotions, taskId, next) }));
  const draft = async () => {
    const drafting: Promotion = { step: 'drafting' };
    put(drafting);
    // Whoever has given up waiting, or asked again, gets nothing of this any more.
    const putIfWanted = (next: Promotion) => {
      if (desk.getState().promotions[taskId] === drafting) put(next);
    };
    try {
      const answer = await live.command(roomId, 'fact.draft', { taskId });
      putIfWanted(answer.draft === undefined ? blank : { step: 'draft', ...answer.draft });
    } catch (thrown) {
      const { code, message } = asKibitzError(thrown);
      putIfWanted({ step: 'refused', message, mayRetry: code !== 'unprocessable' });
    }
  };
  return { promotion, put, draft, write: () => put(blank), cancel: () => put(undefined) };
}
