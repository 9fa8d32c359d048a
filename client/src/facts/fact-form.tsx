import type { ComponentProps } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import { EditForm } from '../known/edit-form.tsx';
import type { FactWords } from '../store/facts.ts';

type Props = Omit<ComponentProps<typeof EditForm>, 'value' | 'onChange' | 'maxLength'> & {
  value: FactWords;
  onChange: (value: FactWords) => void;
};

/** The words of a fact: what is known, and in a few words where from. */
export function FactForm({ value, onChange, children, ...rest }: Props) {
  const { text, summary } = value;
  return (
    <EditForm
      {...rest}
      value={text}
      onChange={(next) => onChange({ text: next, summary })}
      maxLength={limits.factText}
    >
      <input
        className="input input-small"
        aria-label="Where from, in a few words"
        placeholder="Where from, in a few words"
        maxLength={limits.factSummary}
        value={summary}
        onChange={(event) => onChange({ text, summary: event.target.value })}
      />
      {children}
    </EditForm>
  );
}
