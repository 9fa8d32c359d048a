import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkpointWhenIdle, wal } from '../../src/db/sqlite-checkpoints.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[SV8] what was written goes into the file once nobody writes, and on a full disk with the next write', () => {
  let isFull = true;
  let tries = 0;
  const file = {
    inTransaction: false,
    pragma() {
      tries += 1;
      if (isFull) throw new Error('database or disk is full');
    },
  };
  const checkpoints = checkpointWhenIdle(file);
  checkpoints.soon();
  vi.advanceTimersByTime(wal.idle - 1);
  checkpoints.soon();
  vi.advanceTimersByTime(wal.idle - 1);
  expect(tries).toBe(0);
  vi.advanceTimersByTime(1);
  expect(tries).toBe(1);
  isFull = false;
  checkpoints.soon();
  vi.advanceTimersByTime(wal.idle);
  expect(tries).toBe(2);
  checkpoints.soon();
  checkpoints.stop();
  vi.advanceTimersByTime(wal.idle);
  expect(tries).toBe(2);
});
