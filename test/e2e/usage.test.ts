import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { randomId } from '../../src/lib/ids.ts';
import { createUsageLedger } from '../../src/usage/usage-ledger.ts';
import { makeRoomWithBot, signUp } from '../support/client.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { RoomView } from '../support/room-view.ts';
import { startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

test('[US3] a stopped reply is accounted for with its text so far, and so is one that the server’s end cuts', async () => {
  await using endpoint = await startScriptedEndpoint();
  endpoint.reply({ steps: [{ text: 'Twelve chars' }, { stall: true }] });
  const databaseUrl = await freshSqliteUrl();
  const app = await startApp({ databaseUrl, endpoint: { baseUrl: endpoint.baseURL, model: 'm' } });
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const socket = await ann.connect();
  const view = new RoomView(socket, roomId);
  await view.join();
  const begin = async (text: string) => {
    const { body } = await ann.command(roomId, 'message.post', { text });
    const written = () =>
      [...view.drafts.values()].some((draft) => draft.turnId === body.turnId && draft.text !== '');
    await until('the reply to begin', written);
    return body.turnId as string;
  };
  const turnId = await begin('Go on');
  await ann.command(roomId, 'turn.stop', { turnId });
  await view.turnEnd(turnId);
  await begin('And on');
  socket.close();
  await app[Symbol.asyncDispose]();

  const db = await openDatabase(databaseUrl);
  const ledger = createUsageLedger({ db, newId: randomId, log: createRecordedLog() });
  const calls = await ledger.calls({ roomId, since: '2000-01-01' }, 10);
  await db.close();
  const stopped = {
    outcome: 'stopped',
    completionTokens: 3,
    estimated: true,
    userId: ann.id,
    errorKind: null,
  };
  expect(calls).toMatchObject([stopped, stopped]);
});
