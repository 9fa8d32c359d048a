import type { Said } from './conversation.ts';

/** Messages after which a command is not answered any more. */
const patience = 6;
/** Messages from which on somebody's habits are known. */
const leastKnown = 2;

/**
 * Who gave the command that a machine answers (“!paste”). In channels with such machines their messages name the one
 * they are meant for, and yet answer whoever gave the command. Somebody is a machine who mostly speaks after commands.
 */
export function commanderOf(speaker: string, before: readonly Said[]): string | undefined {
  let own = 0;
  let afterCommands = 0;
  for (const [index, said] of before.entries()) {
    if (said.by !== speaker) continue;
    own += 1;
    if (openCommand(before, index, speaker) !== undefined) afterCommands += 1;
  }
  const isMachine = own >= leastKnown && afterCommands / own > 0.5;
  return isMachine ? openCommand(before, before.length, speaker) : undefined;
}

/** The author of the command before `index` that waits longest for `machine`. */
function openCommand(said: readonly Said[], index: number, machine: string): string | undefined {
  let found: string | undefined;
  for (let i = index - 1; i >= Math.max(0, index - patience); i -= 1) {
    const one = said[i];
    if (one === undefined || one.by === machine) break;
    if (one.cues.isCommand) found = one.by;
  }
  return found;
}
