import { initialsOf } from './hue.ts';
import { useHue } from './hues.ts';

type Props = { id: string; name: string; bot?: boolean; small?: boolean };

/** People are round, bots are square. */
export function Avatar({ id, name, bot = false, small = false }: Props) {
  return (
    <span
      className={`avatar ${bot ? 'avatar-bot' : ''} ${small ? 'avatar-small' : ''}`}
      data-hue={useHue(id)}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  );
}
