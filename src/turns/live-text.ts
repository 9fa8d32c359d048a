import type { OfferedSource } from '../domain/offered-source.ts';

/** Names a reply that is being written. */
export type LiveReply = { roomId: string; turnId: string; messageId: string; botId: string };

/** Where the text of a running reply is shown as it comes. None of it is history; what fails here fails silently. */
export type LiveText = {
  stage(roomId: string, turnId: string, stage: string): void;
  begin(reply: LiveReply): void;
  /** What of the library it was offered, before its first word. */
  sources(reply: LiveReply, sources: readonly OfferedSource[]): void;
  /** More text of the reply of this turn. */
  add(turnId: string, text: string): void;
  /** All text so far is void: another model starts over. */
  restart(turnId: string): void;
  end(turnId: string): void;
  /** Says no more of a turn that was taken from this process; what is kept of it is for whoever took it. */
  leave(turnId: string): void;
};
