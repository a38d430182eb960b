// A disk of its own for PostgreSQL, small enough to be filled. Linux lets only root make one; elsewhere the fault is left out.
import { spawnSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const SIZE_MB = 1_200;
const CHUNK = Buffer.alloc(1 << 20);

/** @returns undefined where no disk can be made */
export function makeDisk(folder) {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=0711`, 'tmpfs', folder]);
  return mounted.status === 0 ? new Disk(folder) : undefined;
}

class Disk {
  constructor(folder) {
    this.folder = folder;
    this.ballast = join(folder, 'ballast');
  }

  /** Leaves not a byte. */
  async fill() {
    const file = await open(this.ballast, 'w');
    try {
      for (;;) await file.write(CHUNK);
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    } finally {
      await file.close();
    }
  }

  free() {
    return rm(this.ballast, { force: true });
  }

  unmount() {
    spawnSync('umount', ['-l', this.folder]);
  }
}
