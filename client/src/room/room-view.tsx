import { useApp } from '../app/client.ts';
import { DemoBanner } from '../app/demo-banner.tsx';
import { AskDrawer, AskPanel } from '../ask/ask-panel.tsx';
import { Composer } from '../composer/composer.tsx';
import { SkipToComposer } from '../composer/skip-to-composer.tsx';
import { StatusLine } from '../composer/status-line.tsx';
import { WatchingBar } from '../composer/watching-bar.tsx';
import { InviteDialog } from '../invites/invite-dialog.tsx';
import { KnownPanel } from '../known/known-panel.tsx';
import { useKnownLink } from '../known/use-known-link.ts';
import { LibraryPanel } from '../library/library-panel.tsx';
import { SourceView } from '../library/source-view.tsx';
import { MemoriesDrawer, MemoriesPanel } from '../memories/memories-panel.tsx';
import { PeoplePanel } from '../people/people-panel.tsx';
import { RelationshipsPanel } from '../relationships/relationships-panel.tsx';
import { SceneBar } from '../scene/scene-bar.tsx';
import { SceneDialog } from '../scene/scene-dialog.tsx';
import { showsKnown } from '../store/known.ts';
import { roleOf, showsRelationships } from '../store/room-view.ts';
import { Announcer } from '../timeline/announcer.tsx';
import { Asking } from '../timeline/asking.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { Modal } from '../ui/dialog.tsx';
import { HuesContext } from '../ui/hues.ts';
import { PicturesContext } from '../ui/pictures.ts';
import { LinkStatus } from './link-status.tsx';
import { RewoundBar } from './rewound-bar.tsx';
import { useLiveRoom, useRoomTools } from './room-context.ts';
import { RoomHeader } from './room-header.tsx';
import { RoomSettingsDialog } from './room-settings-dialog.tsx';
import { usePanelLink } from './use-panel-link.ts';
import { usePanels } from './use-panels.ts';
import { useRoomHues } from './use-room-hues.ts';
import { useRoomPictures } from './use-room-pictures.ts';
import { useRoomTitle } from './use-room-title.ts';

type Props = {
  messageId?: string | undefined;
  known?: string | undefined;
  place?: string | undefined;
};

/** A room as it is lived in: who is there, what is said, and the place to say something. */
export function RoomView({ messageId, known, place }: Props) {
  const { desk } = useRoomTools();
  const title = useLiveRoom((room) => room.state.room.title);
  const watches = useLiveRoom((room) => roleOf(room) === 'spectator');
  const link = useApp((state) => state.link);
  const remembers = useLiveRoom(showsRelationships);
  const knows = useLiveRoom(showsKnown);
  const { panel, beside, open, close, toggle } = usePanels();
  const hues = useRoomHues();
  const pictures = useRoomPictures();
  // An answer that is to be given in the chat is written there.
  const composerIfReplying = () =>
    desk.getState().replyTo === undefined ? null : document.querySelector<HTMLElement>('.composer textarea');
  useRoomTitle(title);
  useKnownLink(known);
  usePanelLink(place);
  return (
    <HuesContext.Provider value={hues}>
      <PicturesContext.Provider value={pictures}>
        <div className="room" data-link={link}>
          <SkipToComposer />
          <DemoBanner />
          <RoomHeader />
          <div className="room-body">
            <main className="room-main">
              <LinkStatus />
              <SceneBar />
              <Timeline messageId={messageId} />
              <div className="room-foot">
                <RewoundBar />
                <StatusLine />
                {watches ? <WatchingBar /> : <Composer />}
              </div>
            </main>
            {beside?.what === 'people' ? (
              <aside className="room-side" aria-label="People">
                <PeoplePanel />
              </aside>
            ) : null}
            {beside?.what === 'relationships' && remembers ? (
              <aside className="room-side room-side-wide" aria-label="Relationships">
                <RelationshipsPanel />
              </aside>
            ) : null}
            {beside?.what === 'known' && knows ? (
              <aside className="room-side room-side-wide" aria-label="What we know">
                <KnownPanel />
              </aside>
            ) : null}
            {beside?.what === 'library' ? (
              <aside className="room-side room-side-wide" aria-label="Library">
                <LibraryPanel />
              </aside>
            ) : null}
            {beside?.what === 'ask' && !watches ? <AskPanel onClose={() => toggle({ what: 'ask' })} /> : null}
            {beside?.what === 'memories' && remembers ? (
              <MemoriesPanel
                botId={beside.botId}
                onClose={() => open({ what: 'people', after: beside.botId })}
              />
            ) : null}
          </div>
          <Announcer />
          <Asking />
          <Modal open={panel?.what === 'people'} onClose={close} title="People" shape="side">
            <PeoplePanel />
          </Modal>
          <Modal
            open={panel?.what === 'relationships' && remembers}
            onClose={close}
            title="Relationships"
            shape="tall"
          >
            <RelationshipsPanel />
          </Modal>
          <Modal
            open={panel?.what === 'known' && knows}
            onClose={close}
            title="What we know"
            shape="tall"
            focusAfter={composerIfReplying}
          >
            <KnownPanel />
          </Modal>
          <Modal open={panel?.what === 'library'} onClose={close} title="Library" shape="tall">
            <LibraryPanel />
          </Modal>
          {panel?.what === 'memories' && remembers ? (
            <MemoriesDrawer botId={panel.botId} onClose={close} />
          ) : null}
          <AskDrawer open={panel?.what === 'ask' && !watches} onClose={close} />
          {panel?.what === 'source' ? (
            <SourceView sourceId={panel.sourceId} chunkId={panel.chunkId} onClose={close} />
          ) : null}
          {panel?.what === 'invite' ? <InviteDialog onClose={close} /> : null}
          {panel?.what === 'scene' && !watches ? <SceneDialog onClose={close} /> : null}
          {panel?.what === 'settings' ? <RoomSettingsDialog onClose={close} /> : null}
        </div>
      </PicturesContext.Provider>
    </HuesContext.Provider>
  );
}
