import { expect, test } from 'vitest';
import { z } from 'zod';
import { fillSchema } from '../../src/llm/fill-schema.ts';
import { jsonSchemaOf } from '../../src/llm/json-schema.ts';

type Tree = { name: string; children: Tree[] };
const tree: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string(), children: z.array(tree) }));

test.each<[string, z.ZodType]>([
  ['an object', z.object({ a: z.string(), b: z.number().optional(), c: z.boolean() })],
  [
    'bounds',
    z.object({ s: z.string().min(3), n: z.int().min(2).max(5), m: z.number().gt(4), k: z.number().max(-3) }),
  ],
  ['multiples', z.number().min(4).multipleOf(5)],
  ['lists with a least length', z.array(z.object({ id: z.string() })).min(2)],
  ['tuples', z.tuple([z.string(), z.number()])],
  [
    'choices',
    z.discriminatedUnion('op', [
      z.object({ op: z.literal('add'), n: z.int() }),
      z.object({ op: z.literal('no') }),
    ]),
  ],
  ['null among choices', z.object({ who: z.enum(['a', 'b']).nullable() })],
  ['defaults', z.object({ n: z.number().default(3) })],
  ['intersections', z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() }))],
  ['records', z.record(z.string(), z.number())],
  ['formats', z.object({ at: z.iso.datetime(), mail: z.email(), id: z.uuid() })],
  ['recursion', tree],
  ['anything', z.object({ x: z.unknown() })],
])('the least value fits: %s', (_, schema) => {
  const result = schema.safeParse(fillSchema(jsonSchemaOf(schema)));
  expect(result.error).toBeUndefined();
});

test('hints fill in required and optional properties at any depth', () => {
  const schema = z.object({ deep: z.object({ id: z.string(), note: z.string().optional() }) });
  const value = fillSchema(jsonSchemaOf(schema), (key) => (key === 'note' || key === 'id' ? key : undefined));
  expect(value).toEqual({ deep: { id: 'id', note: 'note' } });
});
