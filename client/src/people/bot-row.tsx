import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Bot } from '../../../src/domain/bot.ts';
import { atLeast } from '../../../src/domain/roles.ts';
import type { RoomBot } from '../../../src/domain/room-state.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { usePanels } from '../room/use-panels.ts';
import { memoryCount } from '../store/memories.ts';
import { roleOf, showsRelationships } from '../store/room-view.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useFocusIfLost } from '../ui/use-focus-if-lost.ts';
import { ManageBotDialog } from './manage-bot-dialog.tsx';

type Props = {
  bot: RoomBot;
  /** The bot as its owner knows it, where that is this person. */
  own: Bot | undefined;
  onChanged: (bot: Bot) => void;
};

export function BotRow({ bot, own, onChanged }: Props) {
  const isOnly = useLiveRoom((room) => room.state.bots.length === 1);
  const moderates = useLiveRoom((room) => atLeast(roleOf(room), 'moderator'));
  const remembers = useLiveRoom(showsRelationships);
  const [open, setOpen] = useState(false);
  const { botId, name, role } = bot;
  return (
    <li className="person">
      <Avatar id={botId} name={name} bot small />
      <span className="person-name">{name}</span>
      <span className="person-about">
        {isOnly ? 'answers here' : role}
        {remembers ? <MemoriesButton bot={bot} /> : null}
      </span>
      {moderates || own !== undefined ? (
        <IconButton label={`Manage ${name}`} className="person-manage" onClick={() => setOpen(true)}>
          <Ellipsis />
        </IconButton>
      ) : null}
      {open ? (
        <ManageBotDialog bot={bot} own={own} onChanged={onChanged} onClose={() => setOpen(false)} />
      ) : null}
    </li>
  );
}

function MemoriesButton({ bot: { botId, name } }: { bot: RoomBot }) {
  const { beside, open } = usePanels();
  const button = useRef<HTMLButtonElement>(null);
  // Whoever comes back from there goes on from here.
  useFocusIfLost(button, beside?.what === 'people' && beside.after === botId);
  const count = useLiveRoom(
    ({ state }) => state.memories.filter(({ witnessId }) => witnessId === botId).length,
  );
  return (
    <>
      {' · '}
      <button
        ref={button}
        type="button"
        className="text-button"
        aria-label={`What ${name} remembers: ${memoryCount(count)}`}
        onClick={() => open({ what: 'memories', botId })}
      >
        {memoryCount(count)}
      </button>
    </>
  );
}
