import type { Bot } from '../../../src/domain/bot.ts';
import { limits } from '../../../src/domain/limits.ts';
import { withNames } from '../../../src/domain/macros.ts';
import { plainLine } from '../markdown/plain-line.ts';
import { Choice } from '../ui/choice.tsx';
import { Field } from '../ui/field.tsx';
import { type Answerer, firstAnswerer } from './answerer.ts';
import { CardField } from './card-field.tsx';

type Props = {
  legend: string;
  bots: readonly Bot[];
  value: Answerer;
  onChange: (answerer: Answerer) => void;
  /** What is to be known of the template's characters, where it has some. */
  cast?: string | undefined;
  /** What a new one begins as. */
  fresh?: Answerer;
  /** Whether nobody may be chosen. */
  nobody?: boolean;
};

function optionOf(answerer: Answerer): string {
  return answerer.who === 'mine' ? `bot:${answerer.botId}` : answerer.who;
}

function glimpseOf({ name, persona }: Bot): string {
  return plainLine(withNames(persona, { char: name, user: 'you' }), 80);
}

export function AnswererFields({
  legend,
  bots,
  value,
  onChange,
  cast,
  fresh = firstAnswerer,
  nobody = true,
}: Props) {
  const options = [
    ...(cast === undefined ? [] : [{ value: 'cast', label: 'Its own characters', hint: cast }]),
    ...bots.map((bot) => ({ value: `bot:${bot.id}`, label: bot.name, hint: glimpseOf(bot) })),
    { value: 'new', label: 'A new assistant', hint: 'You say who it is' },
    { value: 'card', label: 'A character card', hint: 'You have it as a file' },
    ...(nobody ? [{ value: 'nobody', label: 'Nobody', hint: 'People among themselves' }] : []),
  ];
  const choose = (chosen: string) => {
    if (chosen === 'nobody' || chosen === 'cast') onChange({ who: chosen });
    else if (chosen === 'card') onChange({ who: 'card', file: undefined });
    else if (chosen === 'new') onChange(fresh);
    else onChange({ who: 'mine', botId: chosen.slice('bot:'.length) });
  };
  return (
    <>
      <Choice legend={legend} options={options} value={optionOf(value)} onChange={choose} />
      {value.who === 'card' ? (
        <div className="sub-fields">
          <CardField onFile={(file) => onChange({ who: 'card', file })} />
        </div>
      ) : null}
      {value.who === 'new' ? (
        <div className="sub-fields">
          <Field label="Name of the assistant">
            {(ids) => (
              <input
                {...ids}
                className="input"
                required
                maxLength={limits.name}
                value={value.name}
                onChange={(event) => onChange({ ...value, name: event.target.value })}
              />
            )}
          </Field>
          <Field label="Persona" hint="Who it is and how it speaks. It reads this before every reply.">
            {(ids) => (
              <textarea
                {...ids}
                className="input"
                rows={3}
                maxLength={limits.persona}
                value={value.persona}
                onChange={(event) => onChange({ ...value, persona: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
    </>
  );
}
