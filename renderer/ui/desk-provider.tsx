import { DirectionProvider, MantineProvider } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import type { DeskHost } from '#contracts/host/desk-host.ts';
import type { EngineClient } from '#renderer/platform/engine-client.ts';
import { DeskContext, deskOf } from '#renderer/platform/hooks.ts';
import { cssVariables, mantineTheme } from './theme.ts';
import { type Reader, ReaderContext } from './time.ts';

export interface DeskProviderProps {
  readonly host: DeskHost;
  readonly engine: EngineClient;
  readonly reader: Reader;
  readonly scheme?: 'light' | 'dark';
  readonly rightToLeft?: boolean;
  readonly test?: boolean;
  readonly children: ReactNode;
}

/** Everything any screen of ours needs around it: host, engine, the reader's zone, theme and direction. */
export function DeskProvider(props: DeskProviderProps) {
  const desk = useMemo(() => deskOf(props.host, props.engine), [props.host, props.engine]);
  return (
    <DirectionProvider
      key={String(props.rightToLeft)}
      initialDirection={props.rightToLeft ? 'rtl' : 'ltr'}
      detectDirection={false}
    >
      <MantineProvider
        theme={mantineTheme}
        cssVariablesResolver={cssVariables}
        forceColorScheme={props.scheme ?? 'light'}
        env={props.test ? 'test' : 'default'}
      >
        <ReaderContext value={props.reader}>
          <DeskContext value={desk}>{props.children}</DeskContext>
        </ReaderContext>
      </MantineProvider>
    </DirectionProvider>
  );
}
