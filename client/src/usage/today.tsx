import type { UsageToday } from '../../../src/protocol/usage.ts';
import { BudgetBar } from './budget-bar.tsx';
import { askerWords } from './words.ts';

/** What was taken today, beside each budget there is. */
export function Today({ today }: { today: UsageToday }) {
  const { room, roomOnServer, people, youOnServer } = today;
  // Who took nothing and is bound by nothing has nothing to be told of.
  const told = people.filter((person) => person.tokens > 0 || person.budget !== undefined);
  return (
    <section className="usage-part" aria-labelledby="usage-today">
      <div className="usage-part-head">
        <h2 id="usage-today">Today</h2>
        <p>Days begin at 00:00 UTC. Budgets are set in the room’s settings.</p>
      </div>
      <ul className="usage-budgets">
        <BudgetBar whose="This room" spent={room} />
        {roomOnServer === undefined ? null : (
          <BudgetBar whose="This room, by this server’s budget" spent={roomOnServer} />
        )}
        {told.map((person) => (
          <BudgetBar key={person.userId} whose={askerWords(person.userId, person.name)} spent={person} />
        ))}
        {youOnServer === undefined ? null : (
          <BudgetBar whose="You, in all rooms of this server" spent={youOnServer} />
        )}
      </ul>
    </section>
  );
}
