import type { Generated } from 'kysely';

/** The tables as `migrations/` make them. Rows stay inside the parts that touch SQL; see the mapping beside each query. */
export type Tables = {
  meta: { key: string; value: string };
  users: { id: string; name: string; created_at: string };
  sessions: {
    token_hash: string;
    id: string;
    user_id: string;
    kind: 'cookie' | 'token';
    label: string | null;
    created_at: string;
    expires_at: string | null;
  };
  rooms: {
    id: string;
    title: string;
    head: number;
    /** Names the append that made the head: heads of the same number can come from different processes. */
    head_mark: string;
    epoch: string;
    open_turns: number;
    turn_epoch: number;
    turn_holder: string | null;
    turn_expires_ms: number | null;
    turn_stop: string | null;
    updated_at: string;
  };
  events: {
    room_id: string;
    seq: number;
    kind: string;
    version: number;
    at: string;
    actor_type: 'user' | 'bot' | 'system';
    actor_id: string;
    turn_id: string | null;
    cause: string | null;
    data: string;
  };
  command_results: {
    room_id: string;
    actor_id: string;
    command_id: string;
    digest: string;
    result: string;
    at: string;
  };
  snapshots: { room_id: string; seq: number; version: number; state: string };
  members: { room_id: string; user_id: string; role: string };
  messages: {
    room_id: string;
    message_id: string;
    place: number;
    slot: string;
    cause: string | null;
    left_by: number | null;
    data: string;
  };
  consequences: {
    room_id: string;
    cause: string;
    id: string;
    kind: string;
    from_id: string;
    to_id: string | null;
    affinity: number | null;
    trust: number | null;
    data: string;
  };
  library_sources: {
    room_id: string;
    source_id: string;
    title: string;
    author: string | null;
    category: string | null;
    format: string;
    chunks: number;
    bytes: number;
    added_at: string;
    /** The model by which all its passages have vectors, and until when a process is making them. */
    embedded: string | null;
    embedding_until_ms: number | null;
  };
  library_vectors: { room_id: string; source_id: string; ordinal: number; model: string; vector: Buffer };
  library_chunks: {
    id: Generated<number>;
    room_id: string;
    source_id: string;
    ordinal: number;
    heading: string;
    anchor: string;
    text: string;
    start_ms: number | null;
    end_ms: number | null;
    /** The words it is found by, between spaces; on PostgreSQL also as `search`. */
    heading_words: string;
    words: string;
  };
  library_unpublished: { room_id: string; source_id: string; expires_ms: number };
  /** In how many passages of a source a word is. */
  library_words: { room_id: string; word: string; source_id: string; chunks: number };
  checkpoints: { room_id: string; turn_id: string; message: string };
  invites: {
    id: string;
    room_id: string;
    token_hash: string;
    role: string;
    created_at: string;
    expires_at: string | null;
    max_uses: number | null;
    uses: number;
    revoked: number;
  };
  bots: { id: string; owner_id: string; profile: string; card: string | null; created_at: string };
  usage_calls: {
    id: string;
    at: string;
    room_id: string | null;
    user_id: string | null;
    bot_id: string | null;
    purpose: string;
    model: string;
    tier: string;
    search_tier: string | null;
    prompt_tokens: number;
    completion_tokens: number;
    estimated: number;
    first_token_ms: number | null;
    total_ms: number;
    fallback: number;
    outcome: string;
    error_kind: string | null;
  };
  usage_days: { subject: string; day: string; tokens: number };
  usage_reservations: { subject: string; day: string; id: string; tokens: number; expires_ms: number };
};
