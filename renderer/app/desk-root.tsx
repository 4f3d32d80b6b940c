import { useEffect, useMemo } from 'react';
import type { Boot, DeskHost } from '#contracts/host/desk-host.ts';
import type { EngineClient } from '#renderer/platform/engine-client.ts';
import { useSettings } from '#renderer/platform/settings-store.ts';
import { DeskProvider } from '#renderer/ui/desk-provider.tsx';
import { useNavigation } from '#renderer/ui/navigation.ts';
import { isRightToLeft, languageOf, speak } from '#renderer/words/words.ts';
import { CrashBoundary } from './crash-boundary.tsx';
import { DeskShell } from './desk-shell.tsx';
import { useAppearance, useDocumentAttributes } from './use-appearance.ts';

export interface DeskRootProps {
  readonly boot: Boot;
  readonly host: DeskHost;
  readonly engine: EngineClient;
}

/** A desk window from the outside in: look and language, then the shell. */
export function DeskRoot({ boot, host, engine }: DeskRootProps) {
  const { theme, density, language } = useSettings();
  const { route } = useNavigation();
  const spoken = languageOf(language);
  const look = useAppearance(theme);
  useDocumentAttributes(look.theme, density, spoken);
  useEffect(() => void speak(spoken), [spoken]);
  const reader = useMemo(() => ({ zone: boot.zone, language: boot.language }), [boot]);
  return (
    <DeskProvider host={host} engine={engine} reader={reader} scheme={look.scheme} rightToLeft={isRightToLeft(spoken)}>
      <CrashBoundary resetKey={JSON.stringify(route)}>
        <DeskShell boot={boot} />
      </CrashBoundary>
    </DeskProvider>
  );
}
