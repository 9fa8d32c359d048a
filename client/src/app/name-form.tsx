import { type FormEvent, useState } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { useAction } from '../ui/use-action.ts';

type Props = {
  action: string;
  hint?: string;
  optional?: boolean;
  onName: (name: string) => Promise<void>;
};

/** Asks a person what to be called. */
export function NameForm({ action, hint, optional = false, onName }: Props) {
  const [name, setName] = useState('');
  const { busy, error, run } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(() => onName(name.trim()));
  };
  return (
    <form className="name-form" onSubmit={submit}>
      <Field label={optional ? 'Your name (optional)' : 'Your name'} hint={hint} error={error}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            name="name"
            autoComplete="nickname"
            required={!optional}
            maxLength={limits.name}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" disabled={busy}>
        {action}
      </Button>
    </form>
  );
}
