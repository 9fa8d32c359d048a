import { expect, it } from 'vitest';
import { refusalOf, withUpload } from '../../client/src/store/uploads.ts';

it('sends what the library reads, and says in words why it does not send the rest', () => {
  const megabyte = 1024 * 1024;
  for (const name of ['a.md', 'a.TXT', 'a.b.html', 'talk.vtt', 'talk.srt', 'book.pdf']) {
    expect(refusalOf({ name, size: 20 * megabyte })).toBeUndefined();
  }
  for (const name of ['a.docx', 'md', 'a.', 'a.md.exe']) {
    expect(refusalOf({ name, size: 10 })).toMatch(/^The library reads \.md, /);
  }
  expect(refusalOf({ name: 'a.md', size: 0 })).toBe('The file is empty.');
  expect(refusalOf({ name: 'a.pdf', size: 20 * megabyte + 1 })).toBe(
    'The file has 21 MB; the library takes up to 20 MB.',
  );
});

it('changes one upload and takes away one', () => {
  const uploads = ['a', 'b'].map((id) => ({ id, name: id, sent: 0 }));
  expect(withUpload(uploads, 'a', { sent: 0.5 }).map(({ sent }) => sent)).toEqual([0.5, 0]);
  expect(withUpload(uploads, 'a', undefined).map(({ id }) => id)).toEqual(['b']);
});
