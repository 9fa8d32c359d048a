import type { ComponentProps, ReactNode } from 'react';
import type { Author } from '../../../src/domain/event.ts';
import { Avatar } from '../ui/avatar.tsx';
import { useHue } from '../ui/hues.ts';
import { clockTime, fullTime } from '../ui/time.ts';

type Props = Omit<ComponentProps<'article'>, 'children'> & {
  author: Author;
  you?: boolean;
  at?: string;
  marks?: ReactNode;
  continues?: boolean;
  /** A word put in on another message, which it stands under. */
  aside?: boolean;
  children: ReactNode;
};

/** A message's place on the page: who, when, what. */
export function MessageFrame({
  author,
  you = false,
  at,
  marks,
  continues = false,
  aside = false,
  children,
  ...rest
}: Props) {
  const isBot = author.type === 'bot';
  return (
    <article
      className={`message ${isBot ? 'message-bot' : ''} ${continues ? 'message-continues' : ''} ${aside ? 'message-aside' : ''}`}
      data-hue={useHue(author.id)}
      aria-label={`${author.name}${you ? ' (you)' : ''}`}
      {...rest}
    >
      {continues ? null : <Avatar id={author.id} name={author.name} bot={isBot} />}
      {continues ? null : (
        <header className="message-head">
          <span className="message-author">{author.name}</span>
          {isBot ? <span className="tag">bot</span> : null}
          {you ? <span className="tag tag-you">you</span> : null}
          {at === undefined ? null : (
            <time dateTime={at} title={fullTime(at)}>
              {clockTime(at)}
            </time>
          )}
          {marks}
        </header>
      )}
      <div className="message-body">{children}</div>
    </article>
  );
}
