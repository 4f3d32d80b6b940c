import './zod-jitless.ts';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '#renderer/ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { DeskRoot } from '#renderer/app/desk-root.tsx';
import { findDeskHost } from '#renderer/platform/bridge.ts';
import { createEngineClient } from '#renderer/platform/engine-client.ts';
import { adoptSettings } from '#renderer/platform/settings-store.ts';
import { followHistory } from '#renderer/ui/navigation.ts';
import { languageOf, speak } from '#renderer/words/words.ts';

const start = async (root: HTMLElement): Promise<void> => {
  const host = await findDeskHost();
  const engine = createEngineClient(host);
  const boot = await host.boot();
  adoptSettings(boot.settings);
  await speak(languageOf(boot.settings.language));
  followHistory(boot.route);
  createRoot(root).render(<DeskRoot boot={boot} host={host} engine={engine} />);
};

const root = document.getElementById('root');
if (root) void start(root);
