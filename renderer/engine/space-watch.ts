interface SpaceWatchPorts {
  /** A small write that must succeed before the journal can. */
  probe(): Promise<boolean>;
  /** There is space again. */
  recovered(): void;
  after(milliseconds: number, callback: () => void): () => void;
}

const LOOK_EVERY_MS = 5_000;

/** After a full disk: looks until there is space, so that nobody has to press a button. */
export class SpaceWatch {
  private readonly ports: SpaceWatchPorts;
  private cancel: (() => void) | null = null;

  constructor(ports: SpaceWatchPorts) {
    this.ports = ports;
  }

  begin(): void {
    this.cancel ??= this.ports.after(LOOK_EVERY_MS, () => void this.look());
  }

  /** Space was seen elsewhere, or nobody needs to know any more. */
  end(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private async look(): Promise<void> {
    const there = await this.ports.probe();
    if (this.cancel === null) return;
    this.cancel = null;
    if (there) this.ports.recovered();
    else this.begin();
  }
}
