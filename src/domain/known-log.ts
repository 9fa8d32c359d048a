import { emptyBrief } from './brief.ts';
import { briefAfter } from './brief-after.ts';
import type { EventOf, RoomEvent } from './event.ts';
import { factsAfter, tasksAfter } from './knowledge-after.ts';
import type { Known, Wording } from './known-events.ts';
import type { RoomState } from './room-state.ts';

type Folded = Pick<RoomState, 'facts' | 'goneFacts' | 'refusedFacts' | 'stateVersion' | 'tasks' | 'brief'>;

/**
 * What a room's events tell of what it knows, with what its state does not keep: by which messages tasks were worded anew.
 * Events come in order; gaps do not matter.
 */
export class KnownLog {
  #state: Folded = {
    facts: [],
    goneFacts: [],
    refusedFacts: [],
    stateVersion: 0,
    tasks: [],
    brief: emptyBrief,
  };
  /** By task, then by the message they follow from, in the order in which they came. */
  readonly #wordings = new Map<string, Map<string, Wording>>();

  take(event: RoomEvent): void {
    const state = this.#state;
    switch (event.kind) {
      case 'fact.added':
      case 'fact.edited':
      case 'fact.removed':
        this.#state = { ...state, ...factsAfter(state, event) };
        return;
      case 'task.added':
        this.#word(event);
        this.#state = { ...state, tasks: tasksAfter(state, event) };
        return;
      case 'task.answered':
      case 'task.dismissed':
      case 'task.withdrawn':
        this.#wordings.delete(event.data.taskId);
        this.#state = { ...state, tasks: tasksAfter(state, event) };
        return;
      case 'brief.revised':
        this.#state = { ...state, brief: briefAfter(state.brief, event) };
    }
  }

  /** How many facts and tasks there are. */
  get size(): number {
    return this.#state.facts.length + this.#state.tasks.length;
  }

  get known(): Known {
    const { facts, tasks, brief, stateVersion } = this.#state;
    const { document, aside, basedOn } = brief;
    return {
      facts,
      tasks,
      wordings: [...this.#wordings.values()].flatMap((ofTask) => [...ofTask.values()]),
      ...(brief.revision === 0 ? {} : { brief: { document, aside, isCurrent: basedOn >= stateVersion } }),
    };
  }

  #word({ data, cause, actor }: EventOf<'task.added'>): void {
    const { taskId, text, before } = data;
    if (before === undefined || cause === undefined) return;
    const ofTask = this.#wordings.get(taskId) ?? new Map<string, Wording>();
    ofTask.delete(cause);
    ofTask.set(cause, { taskId, cause, text, before, by: data.by ?? actor });
    this.#wordings.set(taskId, ofTask);
  }
}
