import { Field } from '../ui/field.tsx';
import { weightWords } from './weight-words.ts';

type Props = { value: number; onChange: (value: number) => void };

/** How much of their voices the bots of a room speak with. */
export function VoiceWeight({ value, onChange }: Props) {
  const words = weightWords(value);
  return (
    <Field label="How much bots speak in their own voice" hint={`${words} (${value.toFixed(1)})`}>
      {(ids) => (
        <input
          {...ids}
          className="slider"
          type="range"
          min={0}
          max={1}
          step={0.1}
          value={value}
          aria-valuetext={words}
          onChange={(event) => onChange(Number(event.target.value))}
        />
      )}
    </Field>
  );
}
