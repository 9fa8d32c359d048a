import { expect, test } from 'vitest';
import { signUp } from '../support/client.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { startApp } from '../support/start-app.ts';

describeOnEachDatabase('an id that is none', (openUrl) => {
  test('is not found, and is no accident to the server', async () => {
    await using app = await startApp({ databaseUrl: await openUrl() });
    const ann = await signUp(app.url, 'Ann');
    const odd = ['%00', 'a%00b', '%E2%80%AE', '__proto__', '%F0%9F%92%A9', 'x'.repeat(4_000), "'--"];
    for (const id of odd) {
      for (const path of [`/api/rooms/${id}`, `/api/rooms/${id}/events`, `/api/bots/${id}`]) {
        expect([path, (await ann.call('GET', path)).status]).toEqual([path, 404]);
      }
      const invite = `/api/rooms/${id}/invites/${id}`;
      expect([invite, (await ann.call('DELETE', invite)).status]).toEqual([invite, 404]);
    }
    expect(app.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
