type Props = {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
};

/** On or off, with a line that says what it means. */
export function Switch({ label, hint, checked, disabled = false, onChange }: Props) {
  return (
    <label className={disabled ? 'choice-option choice-option-off' : 'choice-option'}>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="choice-label">{label}</span>
      {hint === undefined ? null : <span className="choice-hint">{hint}</span>}
    </label>
  );
}
