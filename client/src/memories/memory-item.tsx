import type { Memory } from '../../../src/domain/relationships.ts';
import { MessageLink } from '../timeline/message-link.tsx';
import { Significance } from './significance.tsx';

type Props = { memory: Memory; isLeaving: boolean };

/** What a bot keeps of an exchange, in its own voice, and the message it keeps it from. */
export function MemoryItem({ memory: { text, significance, cause }, isLeaving }: Props) {
  return (
    <li className={isLeaving ? 'memory memory-leaving' : 'memory'} inert={isLeaving}>
      <div className="memory-inner">
        <Significance value={significance} />
        <p className="memory-text">{text}</p>
        <MessageLink messageId={cause} />
      </div>
    </li>
  );
}
