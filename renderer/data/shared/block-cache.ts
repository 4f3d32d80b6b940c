import type { Id } from '#domain/activity/activity.ts';

/** What each thing in a block says, by id. */
export type BlockSaid = ReadonlyMap<Id, string>;

/** Blocks read last, as long as they are few and short: neighbours are read together. */
export class BlockCache {
  private readonly most: number;
  private readonly longest: number;
  private readonly blocks = new Map<number, { readonly said: BlockSaid; readonly length: number }>();
  private length = 0;

  /** At most so many blocks, of at most so many characters together; one alone may be longer. */
  constructor(most: number, longest: number) {
    this.most = most;
    this.longest = longest;
  }

  get(block: number): BlockSaid | undefined {
    return this.blocks.get(block)?.said;
  }

  set(block: number, said: BlockSaid): void {
    this.delete(block);
    const length = [...said.values()].reduce((sum, line) => sum + line.length, 0);
    this.blocks.set(block, { said, length });
    this.length += length;
    for (const oldest of this.blocks.keys()) {
      if (this.blocks.size <= this.most && this.length <= this.longest) break;
      if (oldest !== block) this.delete(oldest);
    }
  }

  delete(block: number): void {
    this.length -= this.blocks.get(block)?.length ?? 0;
    this.blocks.delete(block);
  }
}
