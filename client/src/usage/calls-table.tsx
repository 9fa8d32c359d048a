import { useState } from 'react';
import type { UsageResult } from '../../../src/protocol/usage.ts';
import { Button } from '../ui/button.tsx';
import { CallRow } from './call-row.tsx';
import { counted } from './figures.ts';
import { askerWords } from './words.ts';

const atFirst = 20;

/** The latest calls, each in its row. */
export function CallsTable({ usage: { calls, byUser, bots = [], totals } }: { usage: UsageResult }) {
  const [all, setAll] = useState(false);
  const names = new Map(byUser.map(({ userId, name }) => [userId, name]));
  const botNames = new Map(bots.map(({ botId, name }) => [botId, name]));
  return (
    <section className="usage-part" aria-labelledby="usage-calls">
      <div className="usage-part-head">
        <h2 id="usage-calls">Latest calls</h2>
        {calls.length < totals.calls ? (
          <p>The latest {counted(calls.length, 'call')} of the period.</p>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is wider than a small screen, and has to be moved by keys too */}
      <section className="usage-scroll" aria-label="Latest calls, as a table" tabIndex={0}>
        <table className="usage-table usage-calls" aria-labelledby="usage-calls">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who asked</th>
              <th scope="col">Bot</th>
              <th scope="col">For</th>
              <th scope="col">Model</th>
              <th scope="col">In</th>
              <th scope="col">Out</th>
              <th scope="col">Took</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {(all ? calls : calls.slice(0, atFirst)).map((call) => (
              <CallRow
                key={call.id}
                call={call}
                asker={call.userId === null ? 'Nobody' : askerWords(call.userId, names.get(call.userId))}
                bot={call.botId === null ? undefined : (botNames.get(call.botId) ?? 'A bot that is gone')}
              />
            ))}
          </tbody>
        </table>
      </section>
      {all || calls.length <= atFirst ? null : (
        <Button small onClick={() => setAll(true)}>
          Show all {calls.length}
        </Button>
      )}
    </section>
  );
}
