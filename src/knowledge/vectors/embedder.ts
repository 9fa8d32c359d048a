/** Whose texts are to be understood, and how long that may take. */
export type EmbedRequest = {
  roomId: string;
  /** Who asked for it; unset where nobody did. */
  userId?: string | undefined;
  texts: readonly string[];
  /** `once`: somebody waits, so it is soon or not at all. `again`: what fails in passing is tried again. */
  patience: 'once' | 'again';
};

/** What tells the meaning of texts as vectors of length 1; throws where it cannot. */
export type Embedder = {
  /** Vectors by another name do not compare. */
  readonly model: string;
  embed(request: EmbedRequest, signal: AbortSignal): Promise<Float32Array[]>;
};
