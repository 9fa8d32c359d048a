import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from '../../test/support/history/history.ts';
import type { Account } from './account.ts';
import { nextAction } from './actions.ts';
import { giveCommand } from './give-command.ts';
import type { Random } from './random.ts';
import type { RecordedTab } from './tab.ts';

type Part = {
  /** Unique in its run: commands and texts carry it. */
  client: string;
  account: Account;
  tab: RecordedTab;
  random: Random;
  isOwner: boolean;
  commands: Command[];
  endsAt: number;
  /** Milliseconds between two things that somebody does, on the average. */
  pace: number;
};

/** Does one thing after the other in a room until the time is over. */
export async function takePart(part: Part): Promise<void> {
  const { client, account, tab, random, isOwner, endsAt, pace } = part;
  let count = 0;
  const newCommandId = () => `${client}-${++count}`;
  let texts = 0;
  const newText = () => `[${client}/${++texts}] ${wordsOf(random)}`;
  while (performance.now() < endsAt) {
    await pause(Math.min(random.next() * 2 * pace, Math.max(0, endsAt - performance.now())));
    const { state } = tab.view;
    if (state === undefined || performance.now() >= endsAt) continue;
    const action = nextAction(state, { userId: account.userId, isOwner, random, newText });
    if (action.type === 'cut') tab.cut();
    else if (action.type === 'move') tab.moveTo(random.pick(account.urls) ?? tab.url());
    else {
      const giver = { client, account, tab, random, commands: part.commands, newCommandId };
      await giveCommand(giver, action.command.name, action.command.args);
    }
  }
}

const vocabulary = [
  'the log',
  'says',
  'nothing',
  'at all',
  'ünïcödé',
  '👩‍🚀',
  'since',
  'yesterday',
  '**bold**',
  '…',
];

function wordsOf(random: Random): string {
  return Array.from({ length: random.between(1, 8) }, () => random.pick(vocabulary)).join(' ');
}
