import type { Actor } from '../domain/actor.ts';
import type { NewConsequence } from '../domain/consequence.ts';
import type { Author } from '../domain/event.ts';
import type { Known } from '../domain/known-events.ts';
import type { TranscriptVersion } from '../domain/transcript.ts';
import type { NewId } from '../lib/ids.ts';

/**
 * Who is who, here: bots by `botIdOf`, the importer `here` by the id `me` of the file. Other ids from elsewhere mean nobody,
 * so that nothing is put into the mouths of people of this server.
 */
export function importIds(
  { me, here }: { me: string | undefined; here: string },
  botIdOf: (botId: string) => string | undefined,
  newId: NewId,
) {
  const strangers = new Map<string, string>();
  const strangerFor = (key: string) => {
    const id = strangers.get(key) ?? newId();
    strangers.set(key, id);
    return id;
  };
  const personFor = (id: string) => (id === me ? here : strangerFor(`user/${id}`));
  const idFor = ({ type, id }: Pick<Author, 'type' | 'id'>) =>
    type === 'bot' ? (botIdOf(id) ?? strangerFor(`bot/${id}`)) : personFor(id);
  const actorFor = (actor: Actor): Actor =>
    actor.type === 'system' ? actor : { type: actor.type, id: idFor({ type: actor.type, id: actor.id }) };

  return {
    version({ addressee, ...version }: TranscriptVersion): TranscriptVersion {
      const botId = addressee?.botId === undefined ? undefined : botIdOf(addressee.botId ?? '');
      return {
        ...version,
        author: { ...version.author, id: idFor(version.author) },
        ...(addressee === undefined || botId === undefined ? {} : { addressee: { ...addressee, botId } }),
      };
    },

    /** What bots that did not come along remember stays behind. */
    consequence(one: NewConsequence): NewConsequence[] {
      if (one.kind === 'memory') {
        const witnessId = botIdOf(one.memory.witnessId);
        return witnessId === undefined ? [] : [{ kind: 'memory', memory: { ...one.memory, witnessId } }];
      }
      if (one.kind !== 'edge') return [];
      const { from, to } = one.change;
      const [here, there] = [from, to].map((id) => botIdOf(id) ?? personFor(id));
      return [{ kind: 'edge', change: { ...one.change, from: here ?? from, to: there ?? to } }];
    },

    known: (known: Known): Known => ({
      ...known,
      facts: known.facts.map((fact) => ({ ...fact, by: actorFor(fact.by) })),
      tasks: known.tasks.map(({ answered, ...task }) => ({
        ...task,
        by: actorFor(task.by),
        ...(answered === undefined ? {} : { answered: { ...answered, by: actorFor(answered.by) } }),
      })),
      wordings: known.wordings.map((one) => ({ ...one, by: actorFor(one.by) })),
    }),
  };
}
