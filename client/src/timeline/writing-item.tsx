import type { Turn } from '../../../src/domain/room-state.ts';
import { useApp } from '../app/client.ts';
import { GrowingMarkdown } from '../markdown/markdown.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import { botName, draftOf, writerOf } from '../store/selectors.ts';
import { MessageFrame } from './message-frame.tsx';

type Props = { turn: Extract<Turn, { status: 'running' }> };

/** A reply, or a word that is put in on one, while it is written. */
export function WritingItem({ turn }: Props) {
  const botId = useLiveRoom((room) => writerOf(room, turn));
  // A row of the list needs some height, also while nobody writes.
  return botId === null ? <div className="row-none" /> : <Writing turn={turn} botId={botId} />;
}

function Writing({ turn, botId }: Props & { botId: string }) {
  const name = useLiveRoom((room) => botName(room, botId));
  const draft = useLiveRoom((room) => draftOf(room, turn.turnId));
  const online = useApp((state) => state.link === 'online');
  return (
    <MessageFrame
      author={{ type: 'bot', id: botId, name }}
      marks={<span className="message-mark message-mark-live">{online ? 'writing' : 'was writing'}</span>}
      aria-busy="true"
      data-draft={draft?.messageId ?? ''}
    >
      {draft === undefined || draft.text === '' ? (
        <p className="thinking" aria-label={`${name} is thinking`} role="img">
          <i />
          <i />
          <i />
        </p>
      ) : (
        <div className="message-text markdown growing" data-message-text>
          <GrowingMarkdown key={draft.gen} text={draft.text} />
        </div>
      )}
    </MessageFrame>
  );
}
