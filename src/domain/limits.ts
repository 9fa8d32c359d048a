/** Sizes that bound what people, bots and logs may hold. Lengths count UTF-16 units. */
export const limits = {
  messageText: 32_000,
  title: 200,
  name: 60,
  id: 128,
  commandId: 64,
  persona: 20_000,
  greeting: 8_000,
  /** Messages of the timeline that a room's state and a snapshot hold. */
  window: 100,
  /** Turns without a whole reply that a room tells of. */
  unfinished: 50,
  /** Messages that a rewind may take. */
  rewind: 4_000,
  /** Earlier versions kept beside a message; the log has all. */
  versions: 20,
  bots: 16,
  /** Removed people whom a room remembers. */
  removed: 200,
} as const;
