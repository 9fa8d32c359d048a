import { usageAddress } from '../app/period.ts';
import { Link } from '../app/router.tsx';
import { Field } from '../ui/field.tsx';
import { type BudgetFields as Fields, tokensIn } from './budget.ts';
import { useRoomTools } from './room-context.ts';

type Props = { value: Fields; onChange: (value: Fields) => void };

/** How many tokens a day the room and each person in it may take. */
export function BudgetFields({ value, onChange }: Props) {
  const field = (key: keyof Fields, label: string, hint: string) => {
    const typed = tokensIn(value[key]);
    return (
      <Field label={label} hint={hint} error={'error' in typed ? typed.error : undefined}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            inputMode="numeric"
            autoComplete="off"
            placeholder="No limit"
            value={value[key]}
            onChange={(event) => onChange({ ...value, [key]: event.target.value })}
          />
        )}
      </Field>
    );
  };
  return (
    <>
      {field('room', 'Tokens a day for the room', 'Prompts and answers together; empty for no limit')}
      {field('person', 'Tokens a day for each person', 'For what somebody asks in this room')}
    </>
  );
}

/** The way to what the room uses, for those who are told. */
export function UsageLink() {
  const { roomId } = useRoomTools();
  return (
    <p className="field-hint">
      <Link href={usageAddress(roomId)}>What this room uses</Link>, by day, person and purpose
    </p>
  );
}
