import type { Turn } from '../../../src/domain/room-state.ts';
import { useApp } from '../app/client.ts';
import { GrowingMarkdown } from '../markdown/markdown.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import { botName, draftOf } from '../store/selectors.ts';
import { MessageFrame } from './message-frame.tsx';

type Props = { turn: Extract<Turn, { status: 'running' }>; botId: string };

/** A reply while it is written. */
export function WritingItem({ turn, botId }: Props) {
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
