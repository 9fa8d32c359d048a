import { z } from 'zod';
import { limits } from '../limits.ts';
import { operationSchemas } from './operations.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/**
 * The operations as a prompt tells a model about them: each with its fields in the notation of JSON, `?` for those that may be
 * left out, then what the fields mean. Made from the schemas that the answer is checked against.
 */
export function describeOperations(): string {
  const schemas = Object.values(operationSchemas).map(
    (schema): Schema => z.toJSONSchema(schema, { io: 'input' }),
  );
  return [
    ...schemas.map((schema) => `${notation(schema)} ${schema.description}`),
    '',
    ...meanings(schemas),
    '',
    `At most ${limits.documentOperations} operations, ${limits.blockText} characters in a text and ${limits.documentHeading} in a heading.`,
  ].join('\n');
}

function notation(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(notation).join(' | ');
  if (schema.type === 'array') return `[${notation(itemsOf(schema))}, …]`;
  if (schema.type === 'integer') return `${schema.minimum}–${schema.maximum}`;
  if (schema.type !== 'object') return String(schema.type);
  const fields = fieldsOf(schema).map(([name, field]) => {
    const mayBeLeftOut = !schema.required?.includes(name);
    return `"${name}"${mayBeLeftOut ? '?' : ''}: ${notation(field)}`;
  });
  return `{${fields.join(', ')}}`;
}

/** A line for each field that says what it means; what it means in several operations is said once. */
function meanings(schemas: readonly Schema[]): string[] {
  const said = new Map<string, Set<string>>();
  const hear = (schema: Schema) => {
    for (const [name, field] of fieldsOf(schema)) {
      if (field.description) said.set(name, (said.get(name) ?? new Set()).add(field.description));
      hear(field.type === 'array' ? itemsOf(field) : field);
    }
  };
  schemas.forEach(hear);
  return [...said].map(([name, all]) => `- ${name}: ${[...all].join('; ')}`);
}

function fieldsOf(schema: Schema): [string, Schema][] {
  return Object.entries(schema.properties ?? {}).map(([name, field]) => [name, asSchema(field)]);
}

function itemsOf({ items }: Schema): Schema {
  return asSchema(Array.isArray(items) ? undefined : items);
}

/** A JSON schema may also be a boolean, which says nothing. */
function asSchema(schema: Schema | boolean | undefined): Schema {
  return typeof schema === 'object' ? schema : {};
}
