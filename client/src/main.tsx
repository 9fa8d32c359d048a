import './app/jitless.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/pages.css';
import './styles/room.css';
import './styles/message.css';
import './styles/markdown.css';
import './styles/known.css';
import './styles/library.css';
import './styles/ask.css';
import './styles/memories.css';
import './styles/relationships.css';
import './styles/usage.css';
import './styles/voice.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { api } from './api/api.ts';
import { App } from './app/app.tsx';
import { store } from './app/client.ts';
import { applyTheme, savedTheme } from './app/theme.ts';

applyTheme(savedTheme());
// The page works without this; it only cannot say that the demo model answers.
api.server().then(
  (server) => store.setState({ server }),
  () => undefined,
);

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
