const LONGEST_ENTRY = 4_000;
const SHORTEST_SECRET = 4;

/** Writes to the error stream, one line an entry, with every secret it was told of taken out. */
export class Log {
  /** @param {(line: string) => void} write */
  constructor(write) {
    this.write = write;
    /** @type {Set<string>} */
    this.secrets = new Set();
  }

  /**
   * From now on none of these is written, neither as it is nor in parts that stand alone.
   *
   * @param {...(string | null | undefined)} secrets
   */
  hide(...secrets) {
    for (const secret of secrets) {
      if (typeof secret === 'string' && secret.trim().length >= SHORTEST_SECRET) this.secrets.add(secret.trim());
    }
  }

  /** @param {string} text */
  clean(text) {
    let cleaned = text;
    for (const secret of this.secrets) cleaned = cleaned.replaceAll(secret, '***');
    cleaned = cleaned.replaceAll(/[\r\n]+\s*/g, ' | ');
    return cleaned.length <= LONGEST_ENTRY ? cleaned : `${cleaned.slice(0, LONGEST_ENTRY)}…`;
  }

  /** @param {string} text */
  entry(text) {
    this.write(this.clean(text));
  }
}
