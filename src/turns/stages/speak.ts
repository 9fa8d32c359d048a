import { MarkerParser, type Parsed } from '../../domain/markers.ts';
import { subjectOf } from '../../domain/turns.ts';
import { KibitzError } from '../../lib/errors.ts';
import { meterOf } from '../meter.ts';
import type { Reply, Stage, TurnContext } from '../turn-context.ts';

/** Streams the model's reply to the tabs. */
export const speak: Stage = {
  name: 'speak',
  async run(context) {
    const { bot, prompt, live, model, newId, roomId, signal, turn } = context;
    if (bot === undefined || prompt === undefined) return 'quiet';
    const { turnId } = turn;
    const reply: Reply = { messageId: newId(), text: '', markers: [] };
    context.reply = reply;
    live.begin({ roomId, turnId, messageId: reply.messageId, botId: bot.id });
    const request = {
      messages: prompt,
      attempt: await attemptOf(context),
      meter: meterOf(context, context.interjectionOf === undefined ? 'reply' : 'interjection', bot.id),
      ...(bot.model === undefined ? {} : { model: bot.model }),
    };
    let parser = new MarkerParser();
    const show = ({ text, markers }: Parsed) => {
      reply.markers.push(...markers);
      if (text === '') return;
      const isFirst = reply.text === '';
      reply.text += text;
      live.add(turnId, text);
      if (isFirst) context.checkpoint();
    };
    for await (const part of model.stream(request, signal)) {
      // What comes after the turn was cut short was never shown, so it is not kept either.
      signal.throwIfAborted();
      switch (part.type) {
        case 'text':
          show(parser.push(part.text));
          break;
        case 'restart':
          parser = new MarkerParser();
          Object.assign(reply, { text: '', markers: [] });
          live.restart(turnId);
          break;
        case 'end':
          show(parser.end());
          reply.end = part;
      }
    }
    // People are told something where the model only noted.
    if (reply.text.trim() === '' && reply.markers.length > 0) show({ text: 'Noted.', markers: [] });
    if (reply.text.trim() === '') throw new KibitzError('unavailable', 'The model answered with nothing.');
    return undefined;
  },
};

async function attemptOf({ eventLog, roomId, turn }: TurnContext): Promise<number> {
  if ('messageId' in turn.trigger) return 1;
  const old = await eventLog.findMessage(roomId, subjectOf(turn.trigger));
  return (old?.version ?? 1) + 1;
}
