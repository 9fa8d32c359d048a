import { limits } from '../../../src/domain/limits.ts';
import { cutTo } from '../../../src/domain/text.ts';

/** What a fork of a room may be called: never a fork of a fork of a fork. */
export function forkTitle(title: string): string {
  return cutTo(limits.title, title.startsWith('Fork of ') ? title : `Fork of ${title}`);
}
