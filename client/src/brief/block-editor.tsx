import type { Block } from '../../../src/domain/document/document.ts';
import { limits } from '../../../src/domain/limits.ts';
import { EditForm } from '../known/edit-form.tsx';
import { Markdown } from '../markdown/markdown.tsx';
import { useRoomTools } from '../room/room-context.ts';
import { type BlockEdit, blockStanding } from '../store/brief.ts';
import { withEdit } from '../store/desk.ts';
import { Button } from '../ui/button.tsx';
import { returnFocus } from '../ui/focus.ts';
import { useAction } from '../ui/use-action.ts';
import { useBrief } from './use-brief.ts';

/** Changes a paragraph in its place, as markdown. Whoever changed it meanwhile is not overwritten unasked. */
export function BlockEditor({ block, edit }: { block: Block; edit: BlockEdit }) {
  const { id } = block;
  const { desk } = useRoomTools();
  const { apply } = useBrief();
  const { busy, error, run } = useAction();
  const standing = blockStanding(edit, block);
  const put = (next: BlockEdit | undefined) =>
    desk.setState(({ blocks }) => ({ blocks: withEdit(blocks, id, next) }));
  const close = () => {
    put(undefined);
    returnFocus(`b-${id}`);
  };
  const save = () =>
    run(async () => {
      const text = edit.text.trim();
      if (text !== block.text) {
        await apply({ op: 'replace_block', section_id: edit.sectionId, block_id: id, text });
      }
      close();
    });
  return (
    <EditForm
      label="Paragraph, as markdown"
      value={edit.text}
      onChange={(text) => put({ ...edit, text })}
      maxLength={limits.messageText}
      save="Save"
      isLong
      isHeld={standing.is === 'changed'}
      busy={busy}
      error={error}
      onSave={() => void save()}
      onCancel={close}
    >
      {standing.is === 'changed' ? (
        <div className="theirs" role="status">
          <p>
            <strong>Changed meanwhile.</strong> It says now:
          </p>
          <blockquote className="markdown">
            <Markdown text={standing.theirs} />
          </blockquote>
          <div className="row">
            <Button
              look="primary"
              small
              disabled={busy || edit.text.trim() === ''}
              onClick={() => void save()}
            >
              Keep mine
            </Button>
            <Button small onClick={close}>
              Take theirs
            </Button>
          </div>
        </div>
      ) : null}
    </EditForm>
  );
}
