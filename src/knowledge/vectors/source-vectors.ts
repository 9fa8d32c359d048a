/** The vectors of a source's passages, one after the other in one block of memory. */
export type SourceVectors = { sourceId: string; ordinals: Int32Array; size: number; numbers: Float32Array };

/** A passage by how near it is: the cosine of the angle between, at most 1. */
export type Near = { sourceId: string; ordinal: number; likeness: number };

/** Vectors as rows have them. Rows of another size than the first are left out: they are of another model. */
export function packed(
  sourceId: string,
  rows: readonly { ordinal: number; vector: Uint8Array }[],
): SourceVectors {
  const bytes = rows[0]?.vector.length ?? 0;
  const kept = rows.filter(({ vector }) => vector.length === bytes);
  const size = bytes / Float32Array.BYTES_PER_ELEMENT;
  const numbers = new Float32Array(kept.length * size);
  const view = new Uint8Array(numbers.buffer);
  kept.forEach(({ vector }, index) => {
    view.set(vector, index * bytes);
  });
  return { sourceId, ordinals: Int32Array.from(kept, ({ ordinal }) => ordinal), size, numbers };
}

/** A vector as a row has it. */
export function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** The passages at least so near to a question's vector; none where that is of another size. */
export function nearIn(
  { sourceId, ordinals, size, numbers }: SourceVectors,
  wanted: Float32Array,
  least: number,
): Near[] {
  if (wanted.length !== size) return [];
  const near: Near[] = [];
  for (let row = 0; row < ordinals.length; row += 1) {
    let likeness = 0;
    for (let at = 0, from = row * size; at < size; at += 1) {
      likeness += (wanted[at] ?? 0) * (numbers[from + at] ?? 0);
    }
    if (likeness >= least) near.push({ sourceId, ordinal: ordinals[row] ?? 0, likeness });
  }
  return near;
}
