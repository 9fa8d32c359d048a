import { MessageCircleQuestion, SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import { live } from '../app/client.ts';
import { withBrought } from '../ask/brought-in.ts';
import { useDesk, useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { usePanels } from '../room/use-panels.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { useAutosize } from '../ui/use-autosize.ts';
import { ReplyingTo } from './replying-to.tsx';
import { saveDraft, savedDraft } from './saved-draft.ts';

const countFrom = limits.messageText - 2_000;

/** The place to say something. */
export function Composer() {
  const { roomId, desk } = useRoomTools();
  const [text, setText] = useState(() => savedDraft(roomId));
  const brought = useDesk((state) => state.brought);
  const { beside, toggle } = usePanels();
  const replyTo = useDesk((state) => state.replyTo);
  const bots = useLiveRoom((room) => room.state.bots);
  const mention = useLiveRoom((room) => room.state.room.settings.reply === 'mention');
  const field = useRef<HTMLTextAreaElement>(null);
  useAutosize(field, text);
  useEffect(() => saveDraft(roomId, text), [roomId, text]);
  useEffect(() => {
    if (replyTo !== undefined) field.current?.focus();
  }, [replyTo]);

  useEffect(() => {
    if (brought === undefined) return;
    setText((typed) => withBrought(typed, brought));
    desk.setState({ brought: undefined });
  }, [brought, desk]);

  const left = limits.messageText - text.length;
  const maySend = text.trim() !== '' && left >= 0;
  const send = () => {
    if (!maySend) return;
    live.post(roomId, text, replyTo);
    setText('');
    desk.setState({ replyTo: undefined });
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') desk.setState({ replyTo: undefined });
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  const named = bots[0]?.name;
  const placeholder = mention && named !== undefined ? `Message, or @${named} …` : 'Message';
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {replyTo === undefined ? null : <ReplyingTo id={replyTo} />}
      <div className="composer-box">
        <IconButton
          label="Ask quietly"
          className="composer-ask"
          aria-pressed={beside?.what === 'ask'}
          onClick={() => toggle({ what: 'ask' })}
        >
          <MessageCircleQuestion />
        </IconButton>
        <textarea
          ref={field}
          rows={1}
          aria-label="Message"
          aria-describedby="composer-help"
          placeholder={placeholder}
          value={text}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.target.value);
            if (event.target.value.trim() !== '') live.typing(roomId);
          }}
        />
        <button type="submit" className="send" aria-label="Send" title="Send" disabled={!maySend}>
          <SendHorizontal />
        </button>
      </div>
      <p id="composer-help" className={left < 0 ? 'composer-help field-error' : 'composer-help'}>
        {text.length > countFrom ? (
          left < 0 ? (
            `${-left} characters too many`
          ) : (
            `${left} characters left`
          )
        ) : (
          <>
            <kbd>Enter</kbd> sends · <kbd>Shift</kbd> + <kbd>Enter</kbd> new line
          </>
        )}
      </p>
    </form>
  );
}
