import { SendHorizontal, Square } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import { Field } from '../ui/field.tsx';
import { useAutosize } from '../ui/use-autosize.ts';
import type { useAsk } from './use-ask.ts';

type Props = { asking: ReturnType<typeof useAsk>; field: RefObject<HTMLTextAreaElement | null> };

/** Who is asked, where there is a choice, and what. */
export function AskForm({ asking: { talk, bots, bot, type, choose, submit, stop }, field }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useAutosize(field, talk.draft);
  const isAsking = talk.stop !== undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  return (
    <form
      ref={form}
      className="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {bots.length > 1 ? (
        <Field label="Who answers">
          {(ids) => (
            <select
              {...ids}
              className="input"
              value={bot?.botId}
              onChange={({ target }) => choose(target.value)}
            >
              {bots.map(({ botId, name }) => (
                <option key={botId} value={botId}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <div className="composer-box">
        <textarea
          ref={field}
          rows={1}
          aria-label="Your question"
          placeholder={`Ask ${bot?.name ?? 'the library'} quietly`}
          maxLength={limits.messageText}
          value={talk.draft}
          onKeyDown={onKeyDown}
          onChange={({ target }) => type(target.value)}
        />
        {isAsking ? (
          <button
            type="button"
            className="send"
            aria-label="Stop the answer"
            title="Stop the answer"
            onClick={() => {
              stop();
              field.current?.focus();
            }}
          >
            <Square />
          </button>
        ) : (
          <button
            type="submit"
            className="send"
            aria-label="Ask"
            title="Ask"
            disabled={talk.draft.trim() === ''}
          >
            <SendHorizontal />
          </button>
        )}
      </div>
    </form>
  );
}
