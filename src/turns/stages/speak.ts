import { subjectOf } from '../../domain/turns.ts';
import { KibitzError } from '../../lib/errors.ts';
import type { Stage, TurnContext } from '../turn-context.ts';

/** Streams the model's reply to the tabs. */
export const speak: Stage = {
  name: 'speak',
  async run(context) {
    const { bot, prompt, live, model, newId, roomId, signal, turn } = context;
    if (bot === undefined || prompt === undefined) return 'quiet';
    const { turnId } = turn;
    const reply = { messageId: newId(), text: '' };
    context.reply = reply;
    live.begin({ roomId, turnId, messageId: reply.messageId, botId: bot.id });
    const request = {
      messages: prompt,
      attempt: await attemptOf(context),
      ...(bot.model === undefined ? {} : { model: bot.model }),
    };
    for await (const part of model.stream(request, signal)) {
      // What comes after the turn was cut short was never shown, so it is not kept either.
      signal.throwIfAborted();
      switch (part.type) {
        case 'text': {
          const isFirst = reply.text === '';
          reply.text += part.text;
          live.add(turnId, part.text);
          if (isFirst) context.checkpoint();
          break;
        }
        case 'restart':
          reply.text = '';
          live.restart(turnId);
          break;
        case 'end':
          context.reply = { ...reply, end: part };
      }
    }
    if (reply.text.trim() === '') throw new KibitzError('unavailable', 'The model answered with nothing.');
    return undefined;
  },
};

async function attemptOf({ eventLog, roomId, turn }: TurnContext): Promise<number> {
  if ('messageId' in turn.trigger) return 1;
  const old = await eventLog.findMessage(roomId, subjectOf(turn.trigger));
  return (old?.version ?? 1) + 1;
}
