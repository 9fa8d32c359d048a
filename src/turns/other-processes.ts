/** What is asked of the processes that share the database. It may be lost: the database tells them too, only later. */
export type OtherProcesses = {
  /** Turns of this room wait, and this process does not run them. */
  wake(roomId: string): void;
  /** Whoever runs this turn is to stop it. */
  stop(roomId: string, turnId: string): void;
};
