import { Eye, Plus, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { atLeast } from '../../../src/domain/roles.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { usePanels } from '../room/use-panels.ts';
import { roleOf, showsRelationships } from '../store/room-view.ts';
import { Button } from '../ui/button.tsx';
import { useMyBots } from '../voice/use-my-bots.ts';
import { AddBotDialog } from './add-bot-dialog.tsx';
import { BotRow } from './bot-row.tsx';
import { PersonRow } from './person-row.tsx';

/** Who belongs to the room and who is here now. */
export function PeoplePanel() {
  const members = useLiveRoom((room) => room.state.members);
  const bots = useLiveRoom((room) => room.state.bots);
  const here = useLiveRoom((room) => room.presence.people);
  const watching = useLiveRoom((room) => room.presence.spectators);
  const moderates = useLiveRoom((room) => atLeast(roleOf(room), 'moderator'));
  const remembers = useLiveRoom(showsRelationships);
  const { open } = usePanels();
  const { mine, changed } = useMyBots();
  const [adding, setAdding] = useState(false);
  const tabsOf = (userId: string) => here.find((person) => person.userId === userId)?.tabs ?? 0;
  const people = members
    .filter((member) => member.role !== 'spectator')
    .toSorted(
      (a, b) => Number(tabsOf(b.userId) > 0) - Number(tabsOf(a.userId) > 0) || a.name.localeCompare(b.name),
    );
  const spectators = members.filter((member) => member.role === 'spectator');
  return (
    <div className="people">
      <h2>People</h2>
      <ul>
        {people.map((member) => (
          <PersonRow key={member.userId} member={member} tabs={tabsOf(member.userId)} />
        ))}
      </ul>
      <h2>Bots</h2>
      {bots.length === 0 ? <p className="people-none">None. People are among themselves.</p> : null}
      <ul>
        {bots.map((bot) => (
          <BotRow
            key={bot.botId}
            bot={bot}
            own={mine.find(({ id }) => id === bot.botId)}
            onChanged={changed}
          />
        ))}
      </ul>
      {moderates ? (
        <Button small className="people-add" onClick={() => setAdding(true)}>
          <Plus aria-hidden="true" /> Add a bot
        </Button>
      ) : null}
      {remembers ? (
        <Button small className="people-add" onClick={() => open({ what: 'relationships' })}>
          <Waypoints aria-hidden="true" /> Relationships
        </Button>
      ) : null}
      {adding ? <AddBotDialog onClose={() => setAdding(false)} /> : null}
      <h2>Watching</h2>
      <p className="people-none">
        <Eye aria-hidden="true" />
        {watching === 0 ? 'Nobody right now' : `${watching} ${watching === 1 ? 'spectator' : 'spectators'}`}
      </p>
      {moderates && spectators.length > 0 ? (
        <details className="people-spectators">
          <summary>Everyone who may watch</summary>
          <ul>
            {spectators.map((member) => (
              <PersonRow key={member.userId} member={member} tabs={tabsOf(member.userId)} />
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
