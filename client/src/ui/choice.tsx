import { useId } from 'react';

type Option<T extends string> = { value: T; label: string; hint?: string };
type Props<T extends string> = {
  legend: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
};

/** One of a few, each with a line that says what it means. */
export function Choice<T extends string>({ legend, options, value, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="choice-option">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className="choice-label">{option.label}</span>
          {option.hint === undefined ? null : <span className="choice-hint">{option.hint}</span>}
        </label>
      ))}
    </fieldset>
  );
}
