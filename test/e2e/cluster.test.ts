import { expect, test } from 'vitest';
import { elsewhere, invite, makeRoomWithBot, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { describeClusters, startCluster } from '../support/start-cluster.ts';
import { until } from '../support/until.ts';

describeClusters('several processes', (openUrl) => {
  /** Two processes with a tab each of two people in one room, and the endpoint that answers them. */
  async function setUp() {
    const endpoint = await startScriptedEndpoint();
    const cluster = await startCluster(2, await openUrl(), {
      endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' },
    });
    const [first, second] = cluster.apps;
    if (first === undefined || second === undefined) throw new Error('no cluster');
    const ann = await signUp(first.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann);
    const ben = elsewhere(await invite(ann, roomId, 'participant', 'Ben'), second.url);
    const [here, there] = [await ann.connect(), await ben.connect()];
    const [anns, bens] = [new RoomView(here, roomId), new RoomView(there, roomId)];
    await Promise.all([anns.join(), bens.join()]);
    return {
      endpoint,
      first,
      second,
      ann,
      ben,
      roomId,
      here,
      there,
      anns,
      bens,
      [Symbol.asyncDispose]: async () => {
        here.close();
        there.close();
        await cluster[Symbol.asyncDispose]();
        await endpoint.close();
      },
    };
  }

  /** Posts, and resolves to the turn that answers. */
  async function post({ there, roomId }: Awaited<ReturnType<typeof setUp>>, text: string): Promise<string> {
    const posted = await there.emitWithAck('message.post', { roomId, text });
    if (!posted.ok || posted.turnId === undefined) throw new Error(`no turn: ${JSON.stringify(posted)}`);
    return posted.turnId;
  }

  const soFar = (view: RoomView) => [...view.drafts.values()].map(({ text }) => text);

  test('[CL1] tabs on every process see the same words as they come, and the same log', async () => {
    await using room = await setUp();
    const { endpoint, anns, bens } = room;
    const gate = createGate();
    endpoint.next(saysGated(gate, 'One ', 'two ', 'three.'));
    const turnId = await post(room, 'Count');
    for (const text of ['One ', 'One two ']) {
      gate.release();
      await until('the words on both', () => soFar(anns)[0] === text && soFar(bens)[0] === text);
    }
    gate.open();
    await Promise.all([anns.turnEnd(turnId), bens.turnEnd(turnId)]);
    expect(bens.state).toEqual(anns.state);
    expect(anns.texts()).toEqual(['Count', 'One two three.']);
    await until('both in the presence', () =>
      [anns, bens].every((view) => view.presence?.people.length === 2),
    );
    for (const { presence } of [anns, bens])
      expect(presence?.people.map(({ name }) => name)).toEqual(['Ann', 'Ben']);
  });

  test('[CL2] a tab that comes late to another process than the one that writes gets the text so far', async () => {
    await using room = await setUp();
    const { endpoint, ann, ben, first, roomId, anns, bens } = room;
    const gate = createGate();
    endpoint.next(saysGated(gate, 'One ', 'two ', 'three ', 'four.'));
    const turnId = await post(room, 'Count');
    gate.release(2);
    await until('two words', () => soFar(bens)[0] === 'One two ');
    // Whichever of the two writes, one of these is not it.
    const tabs = await Promise.all([
      ann.connect(),
      elsewhere(ben, first.url).connect(),
      elsewhere(ann, ben.url).connect(),
    ]);
    const late = tabs.map((tab) => new RoomView(tab, roomId));
    await Promise.all(late.map((view) => view.join()));
    for (const view of late) expect(soFar(view)).toEqual(['One two ']);
    gate.release();
    for (const view of late) await until('three words', () => soFar(view)[0] === 'One two three ');
    gate.open();
    await Promise.all([anns, ...late].map((view) => view.turnEnd(turnId)));
    for (const view of late) {
      expect(view.state).toEqual(anns.state);
      expect([...view.finalDrafts.values()]).toEqual(['One two three four.']);
    }
    for (const tab of tabs) tab.close();
  });

  test('[CL4] a turn is stopped from any process, and ends once with its words so far', async () => {
    await using room = await setUp();
    const { endpoint, here, there, roomId, anns, bens } = room;
    for (const stopper of [here, there]) {
      const gate = createGate();
      endpoint.next(saysGated(gate, 'Begun ', 'never said.'));
      const turnId = await post(room, 'Go on');
      gate.release();
      await until('the first word', () => soFar(anns)[0] === 'Begun ' && soFar(bens)[0] === 'Begun ');
      const stopped = await stopper.emitWithAck('turn.stop', { roomId, turnId });
      expect(stopped).toMatchObject({ ok: true });
      await Promise.all([anns.turnEnd(turnId), bens.turnEnd(turnId)]);
      const ends = anns.events.filter((event) => event.kind === 'turn.ended' && event.turnId === turnId);
      expect(ends).toMatchObject([{ data: { outcome: 'stopped' } }]);
      expect(anns.texts().at(-1)).toBe('Begun ');
    }
  });

  test('[TN11] a turn ends at once without words when its message is taken away, from whatever process', async () => {
    await using room = await setUp();
    const { endpoint, ann, ben, roomId, anns, bens } = room;
    // One of the two is not the process that writes.
    for (const remover of [ann, elsewhere(ann, ben.url)]) {
      const gate = createGate();
      endpoint.next(saysGated(gate, 'Begun ', 'never said.'));
      const turnId = await post(room, 'Go on');
      gate.release();
      await until('the first word', () => soFar(anns)[0] === 'Begun ' && soFar(bens)[0] === 'Begun ');
      const messageId = anns.state?.messages.at(-1)?.messageId;
      expect((await remover.command(roomId, 'message.remove', { messageId })).status).toBe(200);
      const ends = await Promise.all([anns.turnEnd(turnId), bens.turnEnd(turnId)]);
      for (const end of ends) expect(end).toMatchObject({ data: { outcome: 'stopped' } });
      for (const view of [anns, bens]) {
        expect(view.texts()).toEqual([]);
        await until('no draft', () => soFar(view).length === 0);
      }
    }
  });

  test('[CL5] who is removed, or signs out, is let go on every process within a second', async () => {
    await using room = await setUp();
    const { ann, ben, roomId, there, bens, first } = room;
    const removedAt = performance.now();
    const removed = await ann.command(roomId, 'member.remove', { userId: ben.id });
    expect(removed.status).toBe(200);
    await until('the end of the room for Ben', () => bens.closedBy.length > 0);
    expect(performance.now() - removedAt).toBeLessThan(1_000);
    expect(bens.closedBy).toEqual(['removed']);

    expect(there.connected).toBe(true);
    await elsewhere(ben, first.url).call('DELETE', '/api/session');
    await until('the end of the connection', () => !there.connected, 1_000);
  });
});
