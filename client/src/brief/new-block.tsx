import { limits } from '../../../src/domain/limits.ts';
import { EditForm } from '../known/edit-form.tsx';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import type { BlockEdit } from '../store/brief.ts';
import { withEdit } from '../store/desk.ts';
import { useAction } from '../ui/use-action.ts';
import { useBrief } from './use-brief.ts';

type Props = {
  /** Where it stands on the desk. */
  place: string;
  /** The paragraph it is to follow; without one it comes at the end of its section. */
  after: string | undefined;
};

/** Writes a new paragraph of the brief. */
export function NewBlock({ place, after }: Props) {
  const { desk } = useRoomTools();
  const edit = useDesk((state) => state.blocks[place]);
  const { apply } = useBrief();
  const { busy, error, run } = useAction();
  if (edit === undefined) return null;
  const put = (next: BlockEdit | undefined) =>
    desk.setState(({ blocks }) => ({ blocks: withEdit(blocks, place, next) }));
  const add = () =>
    run(async () => {
      const at = { section_id: edit.sectionId, text: edit.text.trim() };
      await apply(
        after === undefined
          ? { op: 'append_block', ...at }
          : { op: 'insert_block', after_block_id: after, ...at },
      );
      put(undefined);
    });
  return (
    <EditForm
      label="New paragraph, as markdown"
      value={edit.text}
      onChange={(text) => put({ ...edit, text })}
      maxLength={limits.messageText}
      save="Add"
      isLong
      busy={busy}
      error={error}
      onSave={() => void add()}
      onCancel={() => put(undefined)}
    />
  );
}
