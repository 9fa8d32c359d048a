import { io, type Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '../../src/protocol/socket.ts';

type Json = Record<string, unknown>;

/** What an HTTP call came to. `body` is whatever the JSON said: tests assert on what they read of it. */
export type Answer = { status: number; body: ReturnType<typeof JSON.parse>; headers: Headers };

/** Somebody with a session, calling the API as a browser or, with a token, a script would. */
export class Person {
  readonly url: string;
  cookie = '';
  id = '';

  constructor(url: string) {
    this.url = url;
  }

  async call(
    method: string,
    path: string,
    body?: Json,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const setCookie = response.headers.get('set-cookie');
    if (setCookie) this.cookie = setCookie.split(';')[0] ?? '';
    return {
      status: response.status,
      body: await response.json().catch(() => null),
      headers: response.headers,
    };
  }

  command(roomId: string, name: string, args: Json): Promise<Answer> {
    return this.call('POST', `/api/rooms/${roomId}/commands/${name}`, args);
  }

  /** Opens a socket and waits until it is connected. */
  async connect(
    options: { extraHeaders?: Record<string, string>; auth?: Record<string, unknown> } = {},
  ): Promise<TabSocket> {
    const socket: TabSocket = io(this.url, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: this.cookie, ...options.extraHeaders },
      auth: options.auth ?? {},
      reconnectionDelay: 10,
      reconnectionDelayMax: 50,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }
}

export type TabSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** A person with a fresh guest session. */
export async function signUp(url: string, name: string): Promise<Person> {
  const person = new Person(url);
  const { body } = await person.call('POST', '/api/session', { name });
  person.id = body.user.id;
  return person;
}

/** The same person by way of another process of the deployment. */
export function elsewhere(person: Person, url: string): Person {
  return Object.assign(new Person(url), { cookie: person.cookie, id: person.id });
}

/** Makes a bot and a room with it in it. */
export async function makeRoomWithBot(
  owner: Person,
  settings: Json = {},
): Promise<{ roomId: string; botId: string }> {
  const made = await owner.call('POST', '/api/bots', { name: 'Kibitz', persona: 'A helpful assistant.' });
  const botId = made.body.bot.id as string;
  const { body } = await owner.call('POST', '/api/rooms', { title: 'The room', bots: [botId], settings });
  return { roomId: body.room.id, botId };
}

/** Lets somebody new in by an invite of `role`. */
export async function invite(owner: Person, roomId: string, role: string, name?: string): Promise<Person> {
  const { body } = await owner.call('POST', `/api/rooms/${roomId}/invites`, { role });
  const guest = new Person(owner.url);
  const joined = await guest.call('POST', '/api/join', {
    token: body.token,
    ...(name === undefined ? {} : { name }),
  });
  if (joined.status !== 200) throw new Error(`could not join: ${JSON.stringify(joined.body)}`);
  guest.id = (await guest.call('GET', '/api/session')).body.user.id;
  return guest;
}
