import type { Figure } from '../store/cast.ts';
import { Avatar } from '../ui/avatar.tsx';

/** Somebody by face and name. */
export function Someone({ figure: { id, name, isBot } }: { figure: Figure }) {
  return (
    <span className="someone">
      <Avatar id={id} name={name} bot={isBot} small />
      <span>{name}</span>
    </span>
  );
}
