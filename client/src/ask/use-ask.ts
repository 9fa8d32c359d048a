import { asKibitzError } from '../../../src/lib/errors.ts';
import { randomId } from '../../../src/lib/ids.ts';
import { ask } from '../api/ask.ts';
import { useDesk, useLiveRoom, useRoomTools } from '../room/room-context.ts';
import {
  type AskTalk,
  begunAnew,
  failed,
  newTalk,
  stopped,
  withAnswered,
  withQuestion,
} from '../store/ask.ts';

/** What is asked on the side, and how to ask. An answer goes on being written while the panel is closed. */
export function useAsk() {
  const { roomId, desk } = useRoomTools();
  const talk = useDesk((state) => state.ask);
  const bots = useLiveRoom((room) => room.state.bots);
  const bot =
    bots.find(({ botId }) => botId === talk.botId) ?? bots.find(({ role }) => role === 'host') ?? bots[0];
  const change = (changed: (talk: AskTalk) => AskTalk) =>
    desk.setState((state) => ({ ask: changed(state.ask) }));

  const run = async (id: string, query: string) => {
    const stop = new AbortController();
    const { conversationId } = desk.getState().ask;
    const body = { roomId, query, ...(bot === undefined ? {} : { botId: bot.botId }) };
    const send = (began: string | undefined) =>
      ask(
        began === undefined ? body : { ...body, conversationId: began },
        (event) => change((before) => withAnswered(before, id, event)),
        stop.signal,
      );
    change((before) => withQuestion(before, { id, question: query, botName: bot?.name }, () => stop.abort()));
    try {
      await send(conversationId).catch((reason: unknown) => {
        const { code, details } = asKibitzError(reason);
        const isForgotten = code === 'not_found' && details?.field === 'conversationId';
        if (!isForgotten || stop.signal.aborted) throw reason;
        change((before) => begunAnew(before, id));
        return send(undefined);
      });
    } catch (reason) {
      change((before) =>
        stop.signal.aborted ? stopped(before, id) : failed(before, id, asKibitzError(reason).message),
      );
    }
  };

  return {
    talk,
    bots,
    bot,
    type: (draft: string) => change((before) => ({ ...before, draft })),
    choose: (botId: string) => change((before) => ({ ...before, botId })),
    submit: () => {
      const query = talk.draft.trim();
      if (query === '' || talk.stop !== undefined) return;
      change((before) => ({ ...before, draft: '' }));
      void run(randomId(), query);
    },
    again: (id: string, question: string) => void run(id, question),
    stop: () => talk.stop?.(),
    begin: () => {
      talk.stop?.();
      change(newTalk);
    },
  };
}
