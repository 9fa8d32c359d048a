import { useMemo, useState } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import type { Memory } from '../../../src/domain/relationships.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { type MemoryOrder, memoriesOf, memoryCount } from '../store/memories.ts';
import { Segments } from '../ui/segments.tsx';
import { useLingering } from '../ui/use-lingering.ts';
import { MemoryItem } from './memory-item.tsx';

const orders = [
  { value: 'latest', label: 'Latest' },
  { value: 'significance', label: 'Most significant' },
] as const;

const keyOf = ({ memoryId }: Memory) => memoryId;

/** What a bot remembers of this room, as it comes and goes. */
export function MemoryList({ botId }: { botId: string }) {
  const all = useLiveRoom((room) => room.state.memories);
  const [order, setOrder] = useState<MemoryOrder>('latest');
  const memories = useMemo(() => memoriesOf(all, botId, order), [all, botId, order]);
  const shown = useLingering(memories, keyOf);
  return (
    <div className="memories">
      {memories.length === 0 ? (
        <p className="memories-none">
          Nothing yet. After a reply, every bot that was there may keep what mattered to it: a line in its own
          words, and how much it means to it.
        </p>
      ) : (
        <div className="memories-head">
          <p role="status">{memoryCount(memories.length)}</p>
          <Segments legend="Order" options={orders} value={order} onChange={setOrder} />
        </div>
      )}
      <ul>
        {shown.map(({ item, isLeaving }) => (
          <MemoryItem key={item.memoryId} memory={item} isLeaving={isLeaving} />
        ))}
      </ul>
      {all.length < limits.memories ? null : (
        <p className="memories-none">Of all that is remembered in this room, the latest is shown.</p>
      )}
    </div>
  );
}
