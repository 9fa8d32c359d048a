/** Sizes that bound what people, bots and logs may hold. Lengths count UTF-16 units. */
export const limits = {
  messageText: 32_000,
  title: 200,
  name: 60,
  id: 128,
  commandId: 64,
  persona: 20_000,
  greeting: 8_000,
  scenario: 8_000,
  examples: 20_000,
  /** Characters of a `data:` URL: a picture of 256 KB in base64. */
  avatar: 350_000,
  /** Characters of JSON that a bot's character card may have besides its lorebook. */
  card: 256 * 1024,
  lorebook: 512 * 1024,
  lorebookEntries: 2_000,
  lorebookKeys: 10_000,
  /** Messages, and versions of messages, that an import may bring. */
  importMessages: 5_000,
  importVersions: 10_000,
  /** Characters of JSON kept of what a file says beside an imported message or room. */
  origin: 32_000,
  /** Messages of the timeline that a room's state and a snapshot hold. */
  window: 100,
  /** Turns without a whole reply that a room tells of. */
  unfinished: 50,
  /** Messages that a rewind may take. */
  rewind: 4_000,
  /** Earlier versions kept beside a message; the log has all. */
  versions: 20,
  bots: 16,
  /** Events that one command may append. */
  appended: 30_000,
  /** Memories that a room's state and a snapshot hold; the log has all. */
  memories: 300,
  memoryText: 1_000,
  facts: 500,
  factText: 2_000,
  factSummary: 200,
  /** Removed facts that a room still knows as such. */
  goneFacts: 500,
  /** Facts that people removed, whose words a room still knows. */
  refusedFacts: 200,
  tasks: 300,
  taskText: 1_000,
  taskAnswer: 16_000,
  /** Characters that a brief may grow to by itself. */
  brief: 24_000,
  /** Passages of the library whose numbers a room remembers. */
  numbering: 2_000,
  /** What one knows of another, in a sentence. */
  knowledge: 300,
  /** Files in a room's library, the passages of all of them, and what is told of each. */
  sources: 100,
  /** Bytes of a file that is brought into a library. */
  sourceBytes: 20 * 1024 * 1024,
  sourceChunks: 20_000,
  sourceAuthor: 120,
  sourceCategory: 60,
  sceneText: 200,
  /** Scenes that a room remembers: a rewind can go back to them, and the page tells messages by them. */
  scenes: 200,
  /** Removed people whom a room remembers. */
  removed: 200,
  /** Of a document: operations in a batch, sections, blocks in all of them, and the text of one. */
  documentOperations: 100,
  documentSections: 100,
  documentBlocks: 1_000,
  documentHeading: 200,
  blockText: 8_000,
  /** Facts and messages that one block may rest on. */
  blockRests: 50,
} as const;
