import type { JsonSchema } from './json-schema.ts';

/** A value for the property `key` whose schema is `schema`, or undefined to leave it to the walk. */
export type Hint = (key: string, schema: JsonSchema) => unknown;

const mostDepth = 12;
const noHint: Hint = () => undefined;

/**
 * The least value of a JSON schema: required properties only, empty lists, the first choice, the lowest number; where
 * `hint` knows better, its values. Enough for schemas as zod writes them; patterns and other finer rules are not kept.
 */
export function fillSchema(root: JsonSchema, hint: Hint = noHint): unknown {
  const fill = (schema: JsonSchema, depth: number): unknown => {
    if (depth > mostDepth) return null;
    if ('const' in schema) return schema.const;
    if ('default' in schema) return schema.default;
    if (schema.enum) return schema.enum[0];
    if (schema.$ref !== undefined) return fill(resolve(root, schema.$ref), depth + 1);
    const choices = subSchemas(schema.anyOf ?? schema.oneOf);
    // "Nothing" is the least of choices.
    const choice = choices.find((one) => one.type === 'null') ?? choices[0];
    if (choice) return fill(choice, depth + 1);
    const all = subSchemas(schema.allOf);
    if (all.length > 0) return Object.assign({}, ...all.map((one) => fill(one, depth + 1)));
    switch (schema.type) {
      case 'object':
        return fillObject(schema, depth);
      case 'array': {
        const [item] = subSchemas([schema.items]);
        const fixed = subSchemas(schema.prefixItems);
        if (fixed.length > 0) return fixed.map((one) => fill(one, depth + 1));
        return Array.from({ length: schema.minItems ?? 0 }, () => fill(item ?? {}, depth + 1));
      }
      case 'string':
        return leastString(schema);
      case 'number':
      case 'integer':
        return leastNumber(schema);
      case 'boolean':
        return false;
      default:
        return null;
    }
  };

  const fillObject = (schema: JsonSchema, depth: number): Record<string, unknown> => {
    const value: Record<string, unknown> = {};
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      if (typeof property === 'boolean') continue;
      const known = hint(key, property as JsonSchema);
      if (known !== undefined) value[key] = known;
      else if (schema.required?.includes(key)) value[key] = fill(property as JsonSchema, depth + 1);
    }
    return value;
  };

  return fill(root, 0);
}

/** What a `$ref` of zod points to: the root (`#`) or one of its definitions (`#/$defs/name`). */
function resolve(root: JsonSchema, ref: string): JsonSchema {
  const definition = root.$defs?.[ref.slice('#/$defs/'.length)];
  return ref === '#' || definition === undefined ? root : (definition as JsonSchema);
}

function subSchemas(schemas: unknown): JsonSchema[] {
  if (!Array.isArray(schemas)) return [];
  return schemas.filter((schema): schema is JsonSchema => typeof schema === 'object' && schema !== null);
}

const formats: Record<string, string> = {
  'date-time': '2000-01-01T00:00:00Z',
  date: '2000-01-01',
  email: 'someone@example.org',
  uri: 'https://example.org/',
  uuid: '00000000-0000-4000-8000-000000000000',
};

function leastString({ format, minLength = 0 }: JsonSchema): string {
  return (formats[format ?? ''] ?? '').padEnd(minLength, '-');
}

function leastNumber({ minimum, exclusiveMinimum, maximum, multipleOf = 1 }: JsonSchema): number {
  const safe = (bound: number | undefined) => (bound === Number.MIN_SAFE_INTEGER ? undefined : bound);
  const above = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + multipleOf : undefined;
  const least = safe(minimum) ?? above ?? Math.min(0, maximum ?? 0);
  return Math.ceil(least / multipleOf) * multipleOf;
}
