import { CitationChecker } from '../../domain/citations.ts';
import { MarkerParser, type Parsed } from '../../domain/markers.ts';
import { subjectOf } from '../../domain/turns.ts';
import { KibitzError } from '../../lib/errors.ts';
import { meterOf } from '../meter.ts';
import { offeredIn } from '../told-sources.ts';
import type { Reply, Stage, TurnContext } from '../turn-context.ts';

/** Streams the model's reply to the tabs. */
export const speak: Stage = {
  name: 'speak',
  async run(context) {
    const { bot, prompt, live, model, newId, roomId, signal, turn } = context;
    if (bot === undefined || prompt === undefined) return 'quiet';
    const { turnId } = turn;
    const reply: Reply = { messageId: newId(), text: '', markers: [], citations: [] };
    context.reply = reply;
    const named = { roomId, turnId, messageId: reply.messageId, botId: bot.id };
    live.begin(named);
    if (context.offered !== undefined) live.sources(named, offeredIn(context.offered));
    const purpose = context.interjectionOf === undefined ? 'reply' : 'interjection';
    const request = {
      messages: prompt,
      attempt: await attemptOf(context),
      meter: meterOf(context, purpose, bot.id, context.offered?.tier),
      ...(bot.model === undefined ? {} : { model: bot.model }),
      ...(context.temperature === undefined ? {} : { temperature: context.temperature }),
    };
    let parser = new MarkerParser();
    let checker = checkerFor(context);
    const show = ({ text: cut, markers }: Parsed, isEnd = false) => {
      reply.markers.push(...markers);
      const checked = [checker?.push(cut), isEnd ? checker?.end() : undefined];
      reply.citations.push(...checked.flatMap((cited) => cited?.numbers ?? []));
      const text = checker === undefined ? cut : checked.map((cited) => cited?.text ?? '').join('');
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
          checker = checkerFor(context);
          Object.assign(reply, { text: '', markers: [], citations: [], fallback: true });
          live.restart(turnId);
          break;
        case 'end':
          show(parser.end(), true);
          reply.end = part;
      }
    }
    // People are told something where the model only noted.
    if (reply.text.trim() === '' && reply.markers.length > 0) show({ text: 'Noted.', markers: [] });
    if (reply.text.trim() === '') throw new KibitzError('unavailable', 'The model answered with nothing.');
    return undefined;
  },
};

/** Rooms with a library check what is cited; in others brackets are just brackets. */
function checkerFor({ offered }: TurnContext): CitationChecker | undefined {
  return offered && new CitationChecker(offered.sources.map(({ number }) => number));
}

async function attemptOf({ eventLog, roomId, turn }: TurnContext): Promise<number> {
  if ('messageId' in turn.trigger) return 1;
  const old = await eventLog.findMessage(roomId, subjectOf(turn.trigger));
  return (old?.version ?? 1) + 1;
}
