import { useState } from 'react';
import { initialsOf } from './hue.ts';
import { useHue } from './hues.ts';
import { usePicture } from './pictures.ts';

type Props = { id: string; name: string; bot?: boolean; small?: boolean };

/** People are round, bots are square. Initials stand in for a picture until it is there. */
export function Avatar({ id, name, bot = false, small = false }: Props) {
  const picture = usePicture(id);
  return (
    <span
      className={`avatar ${bot ? 'avatar-bot' : ''} ${small ? 'avatar-small' : ''}`}
      data-hue={useHue(id)}
      aria-hidden="true"
    >
      {initialsOf(name)}
      {picture === undefined ? null : <Picture key={picture} address={picture} />}
    </span>
  );
}

/** Covers what is below it once it is there; a bot without a picture has an address all the same. */
function Picture({ address }: { address: string }) {
  const [there, setThere] = useState(false);
  return (
    <img
      src={address}
      alt=""
      className={there ? 'avatar-picture avatar-picture-there' : 'avatar-picture'}
      onLoad={() => setThere(true)}
    />
  );
}
