import { LostText } from '../known/lost-text.tsx';
import { useDesk, useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { withEdit } from '../store/desk.ts';
import { Button } from '../ui/button.tsx';
import { tellError } from '../ui/toasts.tsx';
import { useBrief } from './use-brief.ts';

/** A paragraph that was being written where there is no place for it any more. */
export function LostBlock({ place }: { place: string }) {
  const { desk } = useRoomTools();
  const edit = useDesk((state) => state.blocks[place]);
  const sectionId = useLiveRoom(({ state }) => {
    const { sections } = state.brief.document;
    return (sections.find(({ id }) => id === edit?.sectionId) ?? sections.at(-1))?.id;
  });
  const { apply } = useBrief();
  if (edit === undefined) return null;
  const drop = () => desk.setState(({ blocks }) => ({ blocks: withEdit(blocks, place, undefined) }));
  const text = edit.text.trim();
  const add = (section_id: string) =>
    apply({ op: 'append_block', section_id, text }).then(drop, (error: unknown) =>
      tellError('It was not added', error),
    );
  return (
    <LostText what="The paragraph or its place was removed" text={text}>
      {sectionId === undefined || text === '' ? null : (
        <Button look="primary" small onClick={() => void add(sectionId)}>
          Add it at the end
        </Button>
      )}
      <Button small onClick={drop}>
        Let it go
      </Button>
    </LostText>
  );
}
