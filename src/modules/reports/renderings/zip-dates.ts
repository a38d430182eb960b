const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 01.01.1980, the first day that a ZIP can say. */
const FIRST_DAY = 0x0021;

/** Takes the clock out of a ZIP: the same entries make the same bytes. @throws Error for what is no plain ZIP */
export function withoutDates(zip: Uint8Array): Buffer {
  const bytes = Buffer.from(zip);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new Error('This is no ZIP');
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw new Error('The directory of this ZIP is broken');
    forget(bytes, at + 12);
    const local = bytes.readUInt32LE(at + 42);
    if (bytes.readUInt32LE(local) !== LOCAL) throw new Error('An entry of this ZIP is broken');
    forget(bytes, local + 10);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return bytes;
}

function forget(bytes: Buffer, at: number): void {
  bytes.writeUInt16LE(0, at);
  bytes.writeUInt16LE(FIRST_DAY, at + 2);
}
