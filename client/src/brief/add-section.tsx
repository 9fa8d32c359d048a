import { Plus } from 'lucide-react';
import { limits } from '../../../src/domain/limits.ts';
import { EditForm } from '../known/edit-form.tsx';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import { Button } from '../ui/button.tsx';
import { returnFocus } from '../ui/focus.ts';
import { useAction } from '../ui/use-action.ts';
import { useBrief } from './use-brief.ts';

const buttonId = 'add-section';
const sectionLevel = 2;

/** Writes a section of the brief: its heading, and its first paragraph. */
export function AddSection() {
  const { desk } = useRoomTools();
  const section = useDesk((state) => state.section);
  const { apply } = useBrief();
  const { busy, error, run } = useAction();
  if (section === undefined) {
    const begin = () => desk.setState({ section: { heading: '', text: '' } });
    return (
      <Button id={buttonId} small className="known-add" onClick={begin}>
        <Plus aria-hidden="true" /> Add a section
      </Button>
    );
  }
  const { heading, text } = section;
  const close = () => {
    desk.setState({ section: undefined });
    returnFocus(buttonId);
  };
  const add = () =>
    run(async () => {
      const blocks = [text.trim()];
      await apply({ op: 'add_section', heading: heading.trim(), level: sectionLevel, blocks });
      close();
    });
  return (
    <EditForm
      label="First paragraph, as markdown"
      value={text}
      onChange={(next) => desk.setState({ section: { heading, text: next } })}
      maxLength={limits.messageText}
      save="Add"
      isLong
      busy={busy}
      error={error}
      onSave={() => void add()}
      onCancel={close}
      before={
        <input
          className="input"
          aria-label="Heading"
          placeholder="Heading"
          required
          maxLength={limits.title}
          value={heading}
          onChange={(event) => desk.setState({ section: { heading: event.target.value, text } })}
        />
      }
    />
  );
}
