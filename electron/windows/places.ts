import { type BrowserWindow, screen } from 'electron';
import type { JsonFile } from '#electron/files/json-file.ts';
import { type Box, type Place, placeWindow, readPlace } from '#electron/windows/placement.ts';
import { cleanZoom } from '#electron/windows/zoom.ts';

/** Windows that remember their places apart. */
export type PlaceKind = 'desk' | 'incident';

const SAVE_AFTER = 500;

interface Stored {
  readonly places?: Readonly<Record<string, unknown>>;
  readonly zoom?: unknown;
}
const storedIn = (file: JsonFile): Stored => {
  const value = file.read();
  return typeof value === 'object' && value !== null ? value : {};
};

const workAreas = (): Box[] => {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
};

/** The remembered places of windows and the zoom of the device, in one small file. */
export const windowPlaces = (file: JsonFile) => {
  const placeOf = (kind: PlaceKind): Place | null => readPlace(storedIn(file).places?.[kind]);
  const save = (changes: Stored) => {
    const old = storedIn(file);
    const places = { ...old.places, ...changes.places };
    // Losing a window's place to a full disk is not worth a word.
    file.write({ ...old, ...changes, places }).catch(() => undefined);
  };
  return {
    opening: (kind: PlaceKind, others: readonly Box[]) => {
      const left = placeOf(kind);
      const box = placeWindow(left, workAreas(), others);
      return { box, maximized: left?.maximized === true, fullScreen: left?.fullScreen === true };
    },
    /** Remembers where `window` is, shortly after every change and when it closes. */
    follow: (kind: PlaceKind, window: BrowserWindow) => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      const note = () => {
        timer = null;
        if (window.isDestroyed() || window.isMinimized()) return;
        const state = { maximized: window.isMaximized(), fullScreen: window.isFullScreen() };
        save({ places: { [kind]: { ...window.getNormalBounds(), ...state } } });
      };
      const soon = () => {
        timer ??= setTimeout(note, SAVE_AFTER);
      };
      window.on('resize', soon).on('move', soon).on('maximize', soon).on('unmaximize', soon);
      window.on('enter-full-screen', soon).on('leave-full-screen', soon);
      window.on('close', () => {
        if (timer) clearTimeout(timer);
        note();
      });
    },
    zoom: (): number => cleanZoom(storedIn(file).zoom),
    setZoom: (zoom: number) => save({ zoom: cleanZoom(zoom) }),
    settled: () => file.settled(),
  };
};
export type WindowPlaces = ReturnType<typeof windowPlaces>;
