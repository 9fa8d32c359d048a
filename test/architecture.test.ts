import { describe, expect, test } from 'vitest';
import {
  followsTheArrows,
  hasNoAny,
  hasNoDefaultExport,
  namesItsFiles,
  usesItsPackages,
} from './support/architecture.ts';
import { findCycle, sourceFile, sourceFiles } from './support/source-files.ts';

const product = sourceFiles('src', 'client', 'migrations');
const all = [...product, ...sourceFiles('test', 'bench', 'scripts', '.')];

describe('the repository', () => {
  test('is found', () => {
    expect(product.map((file) => file.path)).toContain('src/domain/evolve.ts');
    expect(all.map((file) => file.path)).toContain('vitest.config.ts');
  });

  test('imports only along the arrows of the design', () => {
    expect(product.flatMap(followsTheArrows)).toEqual([]);
  });

  test('keeps SQL in its parts, and lib, domain and protocol fit for a browser', () => {
    expect(product.flatMap(usesItsPackages)).toEqual([]);
  });

  test('has no import cycle', () => {
    expect(findCycle(product)?.join(' → ')).toBeUndefined();
  });

  test('names every local file it imports', () => {
    expect(all.flatMap(namesItsFiles)).toEqual([]);
  });

  test('has no default export', () => {
    expect(all.flatMap(hasNoDefaultExport)).toEqual([]);
  });

  test('has no `any`', () => {
    expect(all.flatMap(hasNoAny)).toEqual([]);
  });
});

describe('the checks above', () => {
  const imports = (text: string) => sourceFile('src/x.ts', text).imports;

  test('find imports of every form, and none in comments', () => {
    expect(imports(`import { a,\n b } from './a.ts';\nimport type { C } from "./c.ts";`)).toEqual([
      './a.ts',
      './c.ts',
    ]);
    expect(imports(`import './side.css';\nexport * from './all.ts';`)).toEqual(['./side.css', './all.ts']);
    expect(imports(`const page = await import('./later.ts');`)).toEqual(['./later.ts']);
    expect(
      imports(`// import './no.ts'\n/* from './no.ts' */ const u = 'http://x'; import './y.ts';`),
    ).toEqual(['./y.ts']);
  });

  test.each([
    ['src/domain/x.ts', '../db/open.ts', 'src/domain/x.ts: src/domain → src/db (../db/open.ts)'],
    ['src/turns/stages/x.ts', '../../gateway/x.ts', 'src/turns → src/gateway'],
    ['src/http/x.ts', '../gateway/x.ts', 'src/http → src/gateway'],
    ['src/lib/x.ts', '../app.ts', 'src/lib → src'],
    ['client/src/room/x.tsx', '../../../src/eventlog/x.ts', 'client → src/eventlog'],
    ['migrations/001.ts', '../src/lib/ids.ts', 'migrations → src/lib'],
    ['src/app.ts', '../test/support/x.ts', 'src/app.ts: src → test'],
    ['src/other/x.ts', './y.ts', 'src/other has no arrows'],
  ])('refuse %s importing %s', (path, imported, message) => {
    expect(followsTheArrows(sourceFile(path, `import { x } from '${imported}';`)).join()).toContain(message);
  });

  test('let the arrows pass', () => {
    expect(
      followsTheArrows(sourceFile('src/http/x.ts', `import '../commands/x.ts'; import './y.ts';`)),
    ).toEqual([]);
    expect(followsTheArrows(sourceFile('src/app.ts', `import './gateway/x.ts';`))).toEqual([]);
  });

  test.each([
    ['src/turns/x.ts', 'kysely'],
    ['src/gateway/x.ts', 'pg'],
    ['src/domain/x.ts', 'node:crypto'],
    ['src/protocol/x.ts', 'express'],
    ['src/lib/x.ts', 'zod'],
  ])('refuse %s importing the package %s', (path, name) => {
    expect(usesItsPackages(sourceFile(path, `import { x } from '${name}';`))).toHaveLength(1);
  });

  test('find a cycle and tell its way', () => {
    const a = sourceFile('src/a.ts', `import './b.ts';`);
    const b = sourceFile('src/b.ts', `import type { A } from './a.ts';`);
    expect(findCycle([a, b])).toEqual(['src/a.ts', 'src/b.ts', 'src/a.ts']);
    expect(findCycle([a, sourceFile('src/b.ts', '')])).toBeUndefined();
  });

  test('find an import without its ending', () => {
    expect(namesItsFiles(sourceFile('src/domain/x.ts', `import './evolve';`))).toHaveLength(1);
    expect(namesItsFiles(sourceFile('src/domain/x.ts', `import './evolve.js';`))).toHaveLength(1);
    expect(namesItsFiles(sourceFile('src/domain/x.ts', `import './evolve.ts';`))).toEqual([]);
  });

  test.each(['export default 1;', 'const a = 1; export { a as default };'])('find %s', (text) => {
    expect(hasNoDefaultExport(sourceFile('src/x.ts', text))).toHaveLength(1);
  });

  test.each(['const a: any = 1;', 'b as any', 'Array<any>', 'let c: string | any;', 'z.any()'])(
    'find the any of %s',
    (text) => {
      expect(hasNoAny(sourceFile('src/x.ts', text))).toHaveLength(1);
    },
  );

  test.each(['// any: any', "const text = ': any';", '(any) => any.x', '{ any: 1 }'])(
    'let %s pass',
    (text) => {
      expect(hasNoAny(sourceFile('src/x.ts', text))).toEqual([]);
    },
  );
});
