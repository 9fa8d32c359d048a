import type { Settings } from '../../../src/domain/settings.ts';
import { Switch } from '../ui/switch.tsx';

export type RelationshipSettings = Pick<Settings, 'relationships' | 'spectatorsSeeState'>;

type Props = { value: RelationshipSettings; onChange: (value: RelationshipSettings) => void };

/** Whether bots remember and feel something in this room, and who is shown it. */
export function RelationshipFields({ value, onChange }: Props) {
  return (
    <fieldset className="choice">
      <legend>Memories and relationships</legend>
      <Switch
        label="Characters remember and form relationships"
        hint="After each reply, with one more call of the model"
        checked={value.relationships}
        onChange={(relationships) => onChange({ ...value, relationships })}
      />
      <Switch
        label="Spectators see that too"
        hint={value.relationships ? 'Else only those who take part' : 'Once there is something to see'}
        checked={value.spectatorsSeeState}
        disabled={!value.relationships}
        onChange={(spectatorsSeeState) => onChange({ ...value, spectatorsSeeState })}
      />
    </fieldset>
  );
}
