import { expect, test } from 'vitest';
import type { RoomCommandResult } from '../../src/protocol/room-commands.ts';
import { invite, makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, says, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

/** A room with a scripted bot, its owner, a participant and a spectator, each in a tab. */
async function setUp() {
  const endpoint = await startScriptedEndpoint();
  const app = await startApp({ endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' } });
  const ann = await signUp(app.url, 'Ann');
  const { roomId, botId } = await makeRoomWithBot(ann);
  const people = [
    ann,
    await invite(ann, roomId, 'participant', 'Ben'),
    await invite(ann, roomId, 'spectator'),
  ] as const;
  const tabs = await Promise.all(
    people.map(async (person) => {
      const socket = await person.connect();
      const view = new RoomView(socket, roomId);
      await view.join();
      return { socket, view };
    }),
  );
  return {
    app,
    endpoint,
    roomId,
    botId,
    people,
    tabs,
    [Symbol.asyncDispose]: async () => {
      for (const { socket } of tabs) socket.close();
      await app[Symbol.asyncDispose]();
      await endpoint.close();
    },
  };
}

/** A gate that lets this many through, and then nobody. */
function createGateAfter(count: number) {
  const gate = createGate();
  gate.release(count);
  return gate;
}

test('[LT1] a reply appears in every tab as it is written, byte-equal, and is then replaced in place', async () => {
  await using room = await setUp();
  const { endpoint, roomId, tabs } = room;
  const [ann] = tabs;
  const gate = createGate();
  const pieces = ['Once ', 'upon \u{1f9d9} ', 'a ', 'time.'];
  endpoint.next(saysGated(gate, ...pieces));
  const asked = await ann?.socket.emitWithAck('message.post', { roomId, text: 'Tell me a story' });
  if (!asked?.ok || asked.turnId === undefined) throw new Error('no turn');
  for (let told = 1; told <= pieces.length; told += 1) {
    gate.release();
    const sofar = pieces.slice(0, told).join('');
    for (const { view } of tabs) {
      await until(
        `“${sofar}” in every tab`,
        () =>
          [...view.drafts.values(), ...view.finalDrafts].length > 0 &&
          ([...view.drafts.values()].some(({ text }) => text === sofar) ||
            [...view.finalDrafts.values()].includes(sofar)),
      );
    }
  }
  await Promise.all(tabs.map(({ view }) => view.turnEnd(asked.turnId as string)));
  for (const { view } of tabs) {
    expect(view.texts()).toEqual(['Tell me a story', pieces.join('')]);
    expect([...view.finalDrafts.values()]).toEqual([pieces.join('')]);
  }

  const reply = ann?.view.state?.messages.at(-1);
  endpoint.next(says('Another story.'));
  const again = await tabs[1]?.socket.emitWithAck('reply.regenerate', {
    roomId,
    messageId: reply?.messageId ?? '',
  });
  if (!again?.ok || again.turnId === undefined) throw new Error('no turn');
  await Promise.all(tabs.map(({ view }) => view.turnEnd(again.turnId as string)));
  for (const { view } of tabs) {
    expect(view.texts()).toEqual(['Tell me a story', 'Another story.']);
    const { version, versions, replyTo } = view.state?.messages.at(-1) ?? {};
    expect({ version, replyTo, said: versions?.map(({ text }) => text) }).toEqual({
      version: 2,
      replyTo: asked.messageId,
      said: [pieces.join('')],
    });
  }
  const logs = tabs.map(({ view }) => JSON.stringify(view.events));
  expect(new Set(logs).size).toBe(1);
  // Superseded text never reaches a prompt.
  expect(JSON.stringify(endpoint.requests[1]?.body)).not.toContain('Once ');
});

test('[GW3] a spectator reads and nothing else, by socket and by HTTP', async () => {
  await using room = await setUp();
  const { roomId, people, tabs } = room;
  const [ann, , spectator] = people;
  const socket = tabs[2]?.socket;
  const args: Record<string, Record<string, string>> = {
    'message.post': { text: 'hello' },
    'message.edit': { messageId: 'x', text: 'y' },
    'reply.regenerate': { messageId: 'x' },
    'turn.stop': { turnId: 'x' },
    'room.update': { title: 'Mine' },
    'bot.add': { botId: room.botId },
    'bot.remove': { botId: room.botId },
    'member.setRole': { userId: spectator.id, role: 'moderator' },
    'member.remove': { userId: ann.id },
    typing: {},
  };
  for (const [name, given] of Object.entries(args)) {
    const answer = (await socket?.emitWithAck(name as 'typing', { roomId, ...given })) as {
      ok: boolean;
      error?: object;
    };
    expect([name, answer]).toMatchObject([name, { ok: false, error: { code: 'forbidden' } }]);
    if (name === 'typing') continue;
    const http = await spectator.command(roomId, name, given);
    expect([name, http.status, http.body]).toMatchObject([
      name,
      403,
      { ok: false, error: { code: 'forbidden' } },
    ]);
  }
  expect((await spectator.call('POST', `/api/rooms/${roomId}/invites`, { role: 'participant' })).status).toBe(
    403,
  );
  expect((await spectator.call('GET', `/api/rooms/${roomId}/events`)).status).toBe(200);
});

test('[GW4] presence names people with their tabs and counts spectators', async () => {
  await using room = await setUp();
  const { roomId, people, tabs } = room;
  const [ann, ben] = people;
  const second = await ben.connect();
  const view = new RoomView(second, roomId);
  await view.join();
  const seen = () => tabs[0]?.view.presence;
  await until('Ben with two tabs', () => seen()?.people.find(({ name }) => name === 'Ben')?.tabs === 2);
  expect(seen()).toMatchObject({
    roomId,
    people: [
      { userId: ann.id, name: 'Ann', role: 'owner', tabs: 1 },
      { userId: ben.id, name: 'Ben', role: 'participant', tabs: 2 },
    ],
    spectators: 1,
  });
  second.close();
  tabs[2]?.socket.close();
  await until(
    'only one tab of Ben, no spectator',
    () => seen()?.spectators === 0 && seen()?.people[1]?.tabs === 1,
  );
});

test('[LT2] a tab that comes in the middle gets the text so far and then what follows', async () => {
  await using room = await setUp();
  const { endpoint, roomId, tabs, people } = room;
  const gate = createGate();
  endpoint.next(saysGated(gate, 'one ', 'two ', 'three'));
  const asked = await tabs[0]?.socket.emitWithAck('message.post', { roomId, text: 'Count' });
  if (!asked?.ok || asked.turnId === undefined) throw new Error('no turn');
  gate.release(2);
  await until('two words', () => [...(tabs[0]?.view.drafts.values() ?? [])][0]?.text === 'one two ');
  const late = new RoomView(await people[1].connect(), roomId);
  await late.join();
  expect([...late.drafts.values()]).toMatchObject([
    { turnId: asked.turnId, botId: room.botId, gen: 0, text: 'one two ' },
  ]);
  gate.open();
  await late.turnEnd(asked.turnId);
  expect([...late.finalDrafts.values()]).toEqual(['one two three']);
  expect(late.syncs).toBe(0);
});

test('[TN4] a stop keeps what was said, ends the turn once, and is answered when that is durable', async () => {
  await using room = await setUp();
  const { endpoint, roomId, tabs } = room;
  const gate = createGate();
  endpoint.next(saysGated(gate, 'Never ', 'finished'));
  const [ann, ben] = tabs;
  const asked = await ann?.socket.emitWithAck('message.post', { roomId, text: 'Go on for ever' });
  if (!asked?.ok || asked.turnId === undefined) throw new Error('no turn');
  gate.release();
  await until('the first word', () => [...(ben?.view.drafts.values() ?? [])][0]?.text === 'Never ');
  const { turnId } = asked;
  const stopped = await ann?.socket.emitWithAck('turn.stop', { roomId, turnId, commandId: 'stop' });
  expect(stopped).toMatchObject({ ok: true, turnId });
  const end = await ben?.view.turnEnd(asked.turnId);
  expect(end).toMatchObject({ data: { outcome: 'stopped' }, seq: stopped?.ok && stopped.seq });
  expect(ben?.view.state?.messages.at(-1)).toMatchObject({ text: 'Never ', truncated: true });
  expect(ben?.view.events.filter(({ kind }) => kind === 'turn.ended')).toHaveLength(1);
  expect(await (await endpoint.request(0)).ended).toBe('aborted');
  const again = await ann?.socket.emitWithAck('turn.stop', { roomId, turnId, commandId: 'stop' });
  expect(again).toEqual(stopped);
  const late = await ann?.socket.emitWithAck('turn.stop', { roomId, turnId: asked.turnId });
  expect(late).toMatchObject({ ok: false, error: { code: 'not_found' } });
});

test('[TN11] a running turn whose message is taken away ends at once without words; the queue goes on', async () => {
  await using room = await setUp();
  const { endpoint, roomId, tabs } = room;
  const [ann, ben] = tabs;
  const post = async (text: string) => {
    const posted = await ben?.socket.emitWithAck('message.post', { roomId, text });
    if (!posted?.ok) throw new Error(`not posted: ${JSON.stringify(posted)}`);
    return { messageId: posted.messageId ?? '', turnId: posted.turnId ?? '' };
  };
  const draft = () => [...(ben?.view.drafts.values() ?? [])].map(({ text }) => text);
  const isTakenBack = async (turnId: string, request: number) => {
    expect(await ben?.view.turnEnd(turnId)).toMatchObject({ data: { outcome: 'stopped' } });
    expect(await (await endpoint.request(request)).ended).toBe('aborted');
    expect(draft()).not.toContain('Never ');
  };
  endpoint.next(says('First answer'));
  const first = await post('First');
  await ben?.view.turnEnd(first.turnId);
  const reply = ben?.view.state?.messages.at(-1)?.messageId ?? '';

  // Removed, with another turn that waits.
  endpoint.next(saysGated(createGateAfter(1), 'Never ', 'finished'));
  const removed = await post('Second');
  await until('the first word', () => draft()[0] === 'Never ');
  endpoint.next(says('Third answer'));
  const waiting = await post('Third');
  expect(
    await ben?.socket.emitWithAck('message.remove', { roomId, messageId: removed.messageId }),
  ).toMatchObject({ ok: true });
  await isTakenBack(removed.turnId, 1);
  expect(await ben?.view.turnEnd(waiting.turnId)).toMatchObject({ data: { outcome: 'completed' } });
  expect(ben?.view.texts()).toEqual(['First', 'First answer', 'Third', 'Third answer']);

  // Rewound away.
  endpoint.next(saysGated(createGateAfter(1), 'Never ', 'finished'));
  const rewound = await post('Fourth');
  await until('the first word', () => draft()[0] === 'Never ');
  await ann?.socket.emitWithAck('history.rewind', { roomId, messageId: reply });
  await isTakenBack(rewound.turnId, 3);
  expect(ben?.view.texts()).toEqual(['First', 'First answer']);

  // A reply that is written anew, with what it answers.
  endpoint.next(saysGated(createGateAfter(1), 'Never ', 'finished'));
  const anew = await ben?.socket.emitWithAck('reply.regenerate', { roomId, messageId: reply });
  if (!anew?.ok || anew.turnId === undefined) throw new Error('no turn');
  await until('the first word', () => draft()[0] === 'Never ');
  await ben?.socket.emitWithAck('message.remove', { roomId, messageId: first.messageId });
  await isTakenBack(anew.turnId, 4);
  expect(ben?.view.texts()).toEqual([]);
  expect(ben?.view.state?.turns).toEqual([]);
});

test('[TN11] a rewind to the message that is being answered lets the answer go on', async () => {
  await using room = await setUp();
  const { endpoint, roomId, tabs } = room;
  const [ann, ben] = tabs;
  const gate = createGateAfter(1);
  endpoint.next(saysGated(gate, 'Still ', 'said'));
  const asked = await ben?.socket.emitWithAck('message.post', { roomId, text: 'Go on' });
  if (!asked?.ok || asked.turnId === undefined) throw new Error('no turn');
  await until('the first word', () => [...(ben?.view.drafts.values() ?? [])][0]?.text === 'Still ');
  const later = await ben?.socket.emitWithAck('message.post', { roomId, text: 'Never mind' });
  if (!later?.ok) throw new Error('not posted');
  await ann?.socket.emitWithAck('history.rewind', { roomId, messageId: asked.messageId ?? '' });
  gate.open();
  expect(await ben?.view.turnEnd(asked.turnId)).toMatchObject({ data: { outcome: 'completed' } });
  expect(ben?.view.texts()).toEqual(['Go on', 'Still said']);
});

test('[TN2] people who write while a reply is running are answered, in one next turn', async () => {
  await using room = await setUp();
  const { endpoint, roomId, tabs } = room;
  const gate = createGate();
  endpoint.reply((request) => saysGated(gate, `reply to: ${request.lastText}`));
  const [ann, ben] = tabs;
  await ann?.socket.emitWithAck('message.post', { roomId, text: 'first' });
  await endpoint.request(0);
  const second = await ben?.socket.emitWithAck('message.post', { roomId, text: 'second' });
  const third = await ann?.socket.emitWithAck('message.post', { roomId, text: 'third' });
  if (!second?.ok || !third?.ok || third.turnId === undefined) throw new Error('no turn');
  expect(third.turnId).toBe(second.turnId);
  expect(ann?.view.state?.turns.map(({ status }) => status)).toEqual(['running', 'queued']);
  gate.open();
  await ann?.view.turnEnd(third.turnId);
  expect(ann?.view.texts()).toEqual([
    'first',
    'second',
    'third',
    'reply to: Ann: first',
    'reply to: Ann: third',
  ]);
  expect(ann?.view.state?.turns).toEqual([]);
});

test('[PE5] who is removed during a turn hears nothing more of the room', async () => {
  await using room = await setUp();
  const { endpoint, roomId, tabs, people } = room;
  const gate = createGate();
  endpoint.next(saysGated(gate, 'secret ', 'words'));
  const [ann, ben] = tabs;
  const asked = await ann?.socket.emitWithAck('message.post', { roomId, text: 'Whisper' });
  if (!asked?.ok || asked.turnId === undefined) throw new Error('no turn');
  gate.release();
  await until('the first word', () => [...(ben?.view.drafts.values() ?? [])][0]?.text === 'secret ');
  const heard: string[] = [];
  expect(await ann?.socket.emitWithAck('member.remove', { roomId, userId: people[1].id })).toMatchObject({
    ok: true,
  });
  await until('the goodbye', () => ben?.view.closedBy[0] === 'removed');
  ben?.socket.onAny((name: string) => heard.push(name));
  gate.open();
  await ann?.view.turnEnd(asked.turnId);
  // A round trip after the last event: whatever was sent before it would have arrived.
  expect(await ben?.socket.emitWithAck('room.join', { roomId })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  });
  expect(heard).toEqual([]);
  expect(await ben?.socket.emitWithAck('message.post', { roomId, text: 'still here' })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  });
});

test('[PE6] logging out closes what the session has open, and its cookie is useless', async () => {
  await using room = await setUp();
  const { people, tabs } = room;
  const ben = tabs[1];
  const { cookie } = people[1];
  const gone = new Promise((resolve) => ben?.socket.once('disconnect', resolve));
  expect((await people[1].call('DELETE', '/api/session')).status).toBe(200);
  await gone;
  expect(ben?.view.closedBy).toEqual(['signed_out']);
  const thief = new Person(people[1].url);
  thief.cookie = cookie;
  expect((await thief.call('GET', '/api/session')).status).toBe(401);
  await expect(thief.connect()).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
});

test('[TN1] posting, editing and regenerating pass the same stages', async () => {
  await using room = await setUp();
  const { endpoint, roomId, tabs } = room;
  const [ann] = tabs;
  endpoint.reply((request) => says(`on ${request.lastText}`));
  const stages: string[] = [];
  ann?.socket.on('stage', ({ stage }) => stages.push(stage));
  const passed = async (asked: RoomCommandResult | undefined) => {
    if (!asked?.ok || asked.turnId === undefined) throw new Error('no turn');
    await ann?.view.turnEnd(asked.turnId);
    return stages.splice(0);
  };
  const posted = await ann?.socket.emitWithAck('message.post', { roomId, text: 'cats' });
  expect(await passed(posted)).toEqual(['addressee', 'retrieve', 'compose', 'speak', 'commit']);
  const [asked, reply] = ann?.view.state?.messages.map(({ messageId }) => messageId) ?? [];
  const edited = await ann?.socket.emitWithAck('message.edit', {
    roomId,
    messageId: asked ?? '',
    text: 'dogs',
  });
  expect(await passed(edited)).toEqual(['addressee', 'retrieve', 'compose', 'speak', 'commit']);
  expect(ann?.view.texts()).toEqual(['dogs', 'on Ann: dogs']);
  const again = ann?.view.state?.messages.at(-1)?.messageId ?? '';
  expect(again).not.toBe(reply);
  const regenerated = await ann?.socket.emitWithAck('reply.regenerate', {
    roomId,
    messageId: again,
    text: 'birds',
  });
  expect(await passed(regenerated)).toEqual(['addressee', 'retrieve', 'compose', 'speak', 'commit']);
  expect(ann?.view.texts()).toEqual(['birds', 'on Ann: birds']);
});

test('[CM13] a question that is edited while its reply is written is answered as it reads now, in the same place', async () => {
  await using room = await setUp();
  const { endpoint, roomId, tabs } = room;
  const [ann] = tabs;
  const gate = createGate();
  endpoint.next(saysGated(gate, 'on ', 'ducks'), says('on volcanoes'));
  const posted = await ann?.socket.emitWithAck('message.post', { roomId, text: 'ducks' });
  if (!posted?.ok || posted.messageId === undefined) throw new Error('not posted');
  gate.release();
  await until('the first word', () => [...(ann?.view.drafts.values() ?? [])][0]?.text === 'on ');
  const edit = { roomId, messageId: posted.messageId, text: 'volcanoes' };
  const edited = await ann?.socket.emitWithAck('message.edit', edit);
  if (!edited?.ok || edited.turnId === undefined) throw new Error('no turn follows the edit');
  gate.open();
  await ann?.view.turnEnd(edited.turnId);
  expect(ann?.view.texts()).toEqual(['volcanoes', 'on volcanoes']);
  expect(JSON.stringify(endpoint.requests[1]?.body)).not.toContain('on ducks');
});
