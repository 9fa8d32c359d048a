import type BetterSqlite from 'better-sqlite3';

/**
 * The write-ahead log goes back into the file when nobody has written for `idle` milliseconds: that stalls for tens of
 * milliseconds. Only past `mostPages` of 4 KB does a commit have to do it.
 */
export const wal = { idle: 500, mostPages: 10_000 };

export function checkpointWhenIdle(file: Pick<BetterSqlite.Database, 'inTransaction' | 'pragma'>) {
  let timer: NodeJS.Timeout | undefined;
  return {
    /** Somebody writes: waits from now on. */
    soon(): void {
      if (timer !== undefined) {
        timer.refresh();
        return;
      }
      timer = setTimeout(() => {
        timer = undefined;
        if (file.inTransaction) return;
        try {
          file.pragma('wal_checkpoint(PASSIVE)');
        } catch {
          // On a full disk the file cannot grow. All is in the log of writes; the next write tries again.
        }
      }, wal.idle).unref();
    },
    stop: () => clearTimeout(timer),
  };
}
