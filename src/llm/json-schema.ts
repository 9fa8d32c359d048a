import { z } from 'zod';

/** A JSON schema as zod writes it (draft 2020-12). */
export type JsonSchema = z.core.JSONSchema.JSONSchema & Record<string, unknown>;

const known = new WeakMap<z.ZodType, JsonSchema>();

/** The JSON schema of what `schema` accepts; what JSON schema cannot say is left open. Computed once a schema. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  let jsonSchema = known.get(schema);
  if (jsonSchema === undefined) {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    jsonSchema = rest as JsonSchema;
    known.set(schema, jsonSchema);
  }
  return jsonSchema;
}
