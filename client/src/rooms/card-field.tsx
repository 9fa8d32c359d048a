import { Field } from '../ui/field.tsx';

/** Asks for a character card from this device. */
export function CardField({ onFile }: { onFile: (file: File | undefined) => void }) {
  return (
    <Field
      label="Character card"
      hint="A PNG or JSON file, as SillyTavern and others make them (V1, V2 or V3)."
    >
      {(ids) => (
        <input
          {...ids}
          className="input"
          type="file"
          required
          accept=".png,.json,image/png,application/json"
          onChange={(event) => onFile(event.target.files?.[0])}
        />
      )}
    </Field>
  );
}
